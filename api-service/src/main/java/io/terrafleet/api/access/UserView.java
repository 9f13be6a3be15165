package io.terrafleet.api.access;

import io.terrafleet.api.access.Users.User;
import io.terrafleet.api.document.Resource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users as the API shows them. The address is for the user and for site administrators. */
public final class UserView {
    private UserView() {}

    public static Resource of(User user, Principal viewer) {
        boolean self = viewer.isUser() && viewer.id().equals(user.id());
        return of(
                user.id(),
                user.invited() ? null : user.username(),
                self || viewer.siteAdmin() ? Optional.of(user.email()) : Optional.empty(),
                user.siteAdmin(),
                false,
                self || viewer.siteAdmin());
    }

    /** A token of something else is nobody; clients want a user nevertheless, and learn what it stands for. */
    static Resource ofService(Principal token, Optional<String> organizationName) {
        Resource resource = of(token.id(), "api-" + token.id(), Optional.empty(), false, true, false);
        return switch (token.kind()) {
            case USER -> resource.toOne("authenticated-resource", "users", token.id());
            case TEAM -> resource.toOne("authenticated-resource", "teams", token.id());
            case RUN -> resource.toOne("authenticated-resource", "runs", token.id());
            case ORGANIZATION, AUDIT_TRAILS, AGENT ->
                resource.toOne("authenticated-resource", "organizations", organizationName.orElse(null));
        };
    }

    private static Resource of(
            String id,
            @Nullable String username,
            Optional<String> email,
            boolean siteAdmin,
            boolean service,
            boolean mayChange) {
        return Resource.of("users", id)
                .with("username", username)
                .with("email", email)
                .with("unconfirmed-email", null)
                .with("avatar-url", null)
                .with("is-service-account", service)
                .with("auth-method", "token")
                .with("v2-only", true)
                .with("is-admin", siteAdmin)
                .with("is-site-admin", siteAdmin)
                .with("is-sso-login", false)
                .with("is-confirmed", true)
                .with("is-unified", false)
                .with("is-sudo", false)
                .with("password", null)
                .with("enterprise-support", false)
                .with("has-linked-hcp", false)
                .with("has-git-hub-app-token", false)
                .with("two-factor", Map.of("enabled", false, "verified", false))
                .with(
                        "permissions",
                        Map.of(
                                "can-create-organization", !service,
                                "can-view-organizations", true,
                                "can-view-profile", true,
                                "can-change-email", mayChange,
                                "can-change-username", mayChange,
                                "can-manage-user-tokens", mayChange,
                                "can-update-user", mayChange))
                .related("authentication-tokens", "/api/v2/users/" + id + "/authentication-tokens")
                .link("self", "/api/v2/users/" + id);
    }
}
