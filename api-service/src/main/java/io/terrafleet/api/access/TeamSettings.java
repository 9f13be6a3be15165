package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller may set on a team; what is absent takes its default, or stays as it is.
 *
 * @param visibility {@code secret} or {@code organization}
 * @param access only those named change
 */
public record TeamSettings(
        Optional<String> name,
        Optional<String> visibility,
        Optional<String> ssoTeamId,
        Optional<Boolean> allowMemberTokenManagement,
        Map<OrganizationAccess, Boolean> access) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,90}");
    private static final int LONGEST_SSO_ID = 200;

    public TeamSettings {
        access = Map.copyOf(access);
        name.ifPresent(text -> {
            if (!NAME.matcher(text).matches()) {
                throw Problem.invalid(
                        "name", "Name must have 1 to 90 characters and can only include letters, numbers, -, and _");
            }
        });
        visibility.ifPresent(
                word -> WorkspaceAccess.oneOf("visibility", word, java.util.List.of("secret", "organization")));
        if (ssoTeamId.filter(text -> text.length() > LONGEST_SSO_ID).isPresent()) {
            throw Problem.invalid("sso-team-id", "Sso team id may have at most 200 characters");
        }
    }

    public static TeamSettings named(String name, OrganizationAccess... access) {
        Map<OrganizationAccess, Boolean> granted = new java.util.EnumMap<>(OrganizationAccess.class);
        for (OrganizationAccess one : access) {
            granted.put(one, true);
        }
        return new TeamSettings(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), granted);
    }
}
