package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Who may do what in which organization. Everything not granted is refused, and what may not be seen does not exist. */
@ApplicationScoped
public class Grants {
    private final AccessStore store;

    Grants(AccessStore store) {
        this.store = store;
    }

    @Transactional
    public Rights rights(Principal who, String organizationId) {
        if (who.siteAdmin()) {
            return new Rights(Optional.of(Permission.OWN));
        }
        if (who.organizationId().isPresent()) {
            return new Rights(who.organizationId()
                    .filter(own -> own.equals(organizationId))
                    .map(own -> Permission.OWN));
        }
        return new Rights(store.membership(organizationId, who.id())
                .map(membership -> Role.of(membership.role).highest()));
    }

    @Transactional
    public boolean allows(Principal who, String organizationId, Permission permission) {
        return rights(who, organizationId).may(permission);
    }

    /** 404 when the caller may not even read, 403 when only this is missing. */
    @Transactional
    public void require(Principal who, String organizationId, Permission permission) {
        Rights rights = rights(who, organizationId);
        if (rights.may(permission)) {
            return;
        }
        if (!rights.may(Permission.READ)) {
            throw Problem.notFound();
        }
        throw Problem.forbidden("Your role in this organization does not allow it.");
    }

    public void requireSiteAdmin(Principal who) {
        if (!who.siteAdmin()) {
            throw Problem.notFound();
        }
    }

    /** Ids of the organizations that a user is a member of; a site admin sees all and asks elsewhere. */
    @Transactional
    public List<String> organizationsOf(Principal who) {
        return who.organizationId().map(List::of).orElseGet(() -> store.organizationsOf(who.id()));
    }
}
