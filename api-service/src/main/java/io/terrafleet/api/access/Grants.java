package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Who may do what in which organization. Everything not granted is refused, and what may not be seen does not exist. */
@ApplicationScoped
public class Grants {
    private final AccessStore store;

    Grants(AccessStore store) {
        this.store = store;
    }

    @Transactional
    public boolean allows(Principal who, String organizationId, Permission permission) {
        if (who.siteAdmin()) {
            return true;
        }
        if (who.organizationId().isPresent()) {
            return who.organizationId().get().equals(organizationId);
        }
        return store.membership(organizationId, who.id())
                .map(membership -> Role.of(membership.role).allows(permission))
                .orElse(false);
    }

    /** 404 when the caller may not even read, 403 when only this is missing. */
    @Transactional
    public void require(Principal who, String organizationId, Permission permission) {
        if (allows(who, organizationId, permission)) {
            return;
        }
        if (permission == Permission.READ || !allows(who, organizationId, Permission.READ)) {
            throw Problem.notFound();
        }
        throw Problem.forbidden("Your role in this organization does not allow it.");
    }

    public void requireSiteAdmin(Principal who) {
        if (!who.siteAdmin()) {
            throw Problem.notFound();
        }
    }

    @Transactional
    public void grant(String organizationId, String userId, Role role) {
        store.membership(organizationId, userId).ifPresentOrElse(membership -> membership.role = role.word(), () -> {
            MembershipEntity membership = new MembershipEntity();
            membership.organizationId = organizationId;
            membership.userId = userId;
            membership.role = role.word();
            store.add(membership);
        });
    }

    /** Ids of the organizations that a user is a member of; a site admin sees all and asks elsewhere. */
    @Transactional
    public List<String> organizationsOf(Principal who) {
        return who.organizationId().map(List::of).orElseGet(() -> store.organizationsOf(who.id()));
    }
}
