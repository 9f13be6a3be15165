package io.terrafleet.api.access;

import io.terrafleet.api.access.Standing.TeamReach;
import io.terrafleet.api.access.StandingStore.Found;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each kind of caller has in an organization. */
@Singleton
class Standings {
    private static final Set<Permission> OWNERS =
            EnumSet.complementOf(EnumSet.of(Permission.SITE_ADMIN, Permission.SELF));
    /** An organization's token sets up; it starts no runs and decides none. */
    private static final Set<Permission> ORGANIZATION_TOKEN = without(
            OWNERS,
            Permission.PLAN,
            Permission.QUEUE_RUNS,
            Permission.APPLY_RUNS,
            Permission.WRITE_STATE,
            Permission.OVERRIDE_RUN_POLICIES,
            Permission.OVERRIDE_POLICIES);

    private final AccessStore store;
    private final StandingStore standings;

    Standings(AccessStore store, StandingStore standings) {
        this.store = store;
        this.standings = standings;
    }

    Standing of(Principal who, String organizationId) {
        if (who.siteAdmin()) {
            return Standing.of(EnumSet.allOf(Permission.class));
        }
        if (who.organizationId().filter(own -> !own.equals(organizationId)).isPresent()) {
            return Standing.of(Set.of());
        }
        return switch (who.kind()) {
            case USER -> ofTeams(standings.ofUser(organizationId, who.id()), false);
            case TEAM -> ofTeams(standings.ofTeam(organizationId, who.id()), true);
            case ORGANIZATION -> unlessDisabled(organizationId, ORGANIZATION_TOKEN);
            case AUDIT_TRAILS -> unlessDisabled(organizationId, Set.of(Permission.READ_AUDIT_TRAIL));
            case AGENT -> unlessDisabled(organizationId, Set.of());
            case RUN -> Standing.NONE;
        };
    }

    private Standing unlessDisabled(String organizationId, Set<Permission> whole) {
        return store.isDisabled(organizationId) ? Standing.NONE : Standing.of(whole);
    }

    /** @param within whether the caller belongs to the organization whatever the teams are */
    private static Standing ofTeams(Found found, boolean within) {
        if (found.disabled()) {
            return Standing.NONE;
        }
        if (found.teams().stream().anyMatch(TeamReach::owners)) {
            return Standing.of(OWNERS);
        }
        return Standing.of(
                found.teams(), within || found.member() || !found.teams().isEmpty());
    }

    private static Set<Permission> without(Set<Permission> all, Permission... less) {
        EnumSet<Permission> rest = EnumSet.copyOf(all);
        List.of(less).forEach(rest::remove);
        return rest;
    }
}
