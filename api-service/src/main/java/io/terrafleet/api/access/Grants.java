package io.terrafleet.api.access;

import io.quarkus.arc.Arc;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what where. Everything not granted is refused, and what may not be seen does not exist. What is asked here is remembered for
 * the request at hand; {@link NeedsFilter} compares it with what the endpoint states.
 */
@Singleton
public class Grants {
    private static final Set<Permission> RUN_IN_ORGANIZATION = EnumSet.of(Permission.KNOWN, Permission.READ);
    private static final Set<Permission> RUN_IN_WORKSPACE =
            EnumSet.of(Permission.KNOWN, Permission.READ, Permission.READ_STATE, Permission.READ_STATE_OUTPUTS);

    private final AccessStore store;
    private final TeamStore teams;
    private final Standings standings;
    private final Caller caller;

    Grants(AccessStore store, TeamStore teams, Standings standings, Caller caller) {
        this.store = store;
        this.teams = teams;
        this.standings = standings;
        this.caller = caller;
    }

    /** In the organization as a whole: what is missing here may still be granted in one of its workspaces. */
    @Transactional
    public Rights rights(Principal who, String organizationId) {
        return rights(who, Place.organization(organizationId));
    }

    @Transactional
    public Rights rights(Principal who, Place place) {
        return rights(who, place.organizationId(), List.of(place)).getOrDefault(place, Rights.NONE);
    }

    /** For many places of one organization at once. */
    @Transactional
    public Map<Place, Rights> rights(Principal who, String organizationId, Collection<Place> places) {
        return who.kind() == Principal.Kind.RUN
                ? ofRun(who, organizationId, places)
                : rights(standing(who, organizationId), places);
    }

    private Map<Place, Rights> rights(Standing standing, Collection<Place> places) {
        Map<Place, Rights> rights = new HashMap<>();
        if (standing.whole().isPresent()) {
            places.forEach(
                    place -> rights.put(place, new Rights(standing.whole().get())));
            return rights;
        }
        Reached reached = reached(standing, places);
        places.forEach(place -> rights.put(place, new Rights(granted(standing, reached, place))));
        return rights;
    }

    /** Whether the run's terraform is still to be believed. */
    @Transactional
    public boolean isAtWork(String runId) {
        return store.workspaceOfRunAtWork(runId).isPresent();
    }

    /** Whether runs of the reading workspace may see the state of the other: always its own, others as they share it. */
    @Transactional
    public boolean sharesState(String readerId, String sourceId) {
        return store.sharesState(readerId, sourceId);
    }

    /**
     * Whether the caller is in the organization, for what the organization may have elsewhere. Counts as having asked to read, for that is
     * what follows.
     */
    @Transactional
    public boolean requireOwnReach(Principal who, String organizationId) {
        asks(Permission.READ);
        return allows(who, organizationId, Permission.READ);
    }

    /** What a run may: see its organization's registry, and the states that are shared with its workspace. */
    private Map<Place, Rights> ofRun(Principal who, String organizationId, Collection<Place> places) {
        boolean own = who.organizationId().filter(organizationId::equals).isPresent();
        Optional<String> reader =
                own && !store.isDisabled(organizationId) ? store.workspaceOfRunAtWork(who.id()) : Optional.empty();
        Map<Place, Rights> rights = new HashMap<>();
        places.forEach(place -> rights.put(
                place, reader.map(workspace -> ofRun(workspace, place)).orElse(Rights.NONE)));
        return rights;
    }

    private Rights ofRun(String reader, Place place) {
        if (place.workspaceId().isPresent()) {
            return store.sharesState(reader, place.workspaceId().get()) ? new Rights(RUN_IN_WORKSPACE) : Rights.NONE;
        }
        return place.projectId().isPresent() ? Rights.NONE : new Rights(RUN_IN_ORGANIZATION);
    }

    @Transactional
    public boolean allows(Principal who, String organizationId, Permission permission) {
        return allows(who, Place.organization(organizationId), permission);
    }

    @Transactional
    public boolean allows(Principal who, Place place, Permission permission) {
        return rights(who, place).may(permission);
    }

    /** 404 when the caller may not even see the organization, 403 when only this is missing. */
    @Transactional
    public void require(Principal who, String organizationId, Permission permission) {
        require(who, Place.organization(organizationId), permission);
    }

    /** 404 when the caller may not even see the place, 403 when only this is missing. */
    @Transactional
    public void require(Principal who, Place place, Permission permission) {
        asks(permission);
        Standing standing = standing(who, place.organizationId());
        if (standing.everywhere().contains(permission)) {
            return;
        }
        Rights rights = who.kind() == Principal.Kind.RUN
                ? rights(who, place)
                : rights(standing, List.of(place)).getOrDefault(place, Rights.NONE);
        if (rights.may(permission)) {
            return;
        }
        if (!rights.may(Permission.READ)) {
            throw Problem.notFound();
        }
        throw Problem.forbidden("Your teams do not have the permission \"" + words(permission) + "\" here.");
    }

    public void requireSiteAdmin(Principal who) {
        asks(Permission.SITE_ADMIN);
        if (!who.siteAdmin()) {
            throw Problem.notFound();
        }
    }

    /** Site administrators pass too. */
    public void requireSelf(Principal who, String userId) {
        asks(Permission.SELF);
        if (!who.siteAdmin() && !(who.isUser() && who.id().equals(userId))) {
            throw Problem.notFound();
        }
    }

    /** Ids of the organizations that a caller may see; a site admin sees all and asks elsewhere. */
    @Transactional
    public List<String> organizationsOf(Principal who) {
        return switch (who.kind()) {
            case USER -> store.organizationsOf(who.id());
            case TEAM, ORGANIZATION -> who.organizationId().stream().toList();
            case AUDIT_TRAILS, AGENT, RUN -> List.of();
        };
    }

    @Transactional
    public Visibility visibleWorkspaces(Principal who, String organizationId) {
        return visibility(standing(who, organizationId), Set.of(Permission.READ));
    }

    @Transactional
    public Visibility visibleProjects(Principal who, String organizationId) {
        return visibility(standing(who, organizationId), Set.of(Permission.READ, Permission.READ_PROJECTS));
    }

    private static Visibility visibility(Standing standing, Set<Permission> enough) {
        boolean all =
                standing.whole().isPresent() || standing.everywhere().stream().anyMatch(enough::contains);
        return new Visibility(all, standing.teams());
    }

    private record Reached(
            Map<String, Set<Permission>> projects,
            Map<String, Set<Permission>> inProjects,
            Map<String, Set<Permission>> workspaces) {}

    /** Asked several times in a request. One that only reads asks the database once. */
    private Standing standing(Principal who, String organizationId) {
        return Arc.container().requestContext().isActive()
                ? caller.standing(who, organizationId, () -> standings.of(who, organizationId))
                : standings.of(who, organizationId);
    }

    private Reached reached(Standing standing, Collection<Place> places) {
        Reached reached = new Reached(new HashMap<>(), new HashMap<>(), new HashMap<>());
        List<String> projects = places.stream()
                .flatMap(place -> place.projectId().stream())
                .distinct()
                .toList();
        if (standing.inProjects() && !projects.isEmpty()) {
            teams.onProjects(standing.teams(), projects).forEach(row -> {
                add(reached.projects(), row.projectId, row.given().permissions());
                add(reached.inProjects(), row.projectId, row.given().inWorkspaces());
            });
        }
        List<String> workspaces =
                places.stream().flatMap(place -> place.workspaceId().stream()).toList();
        if (standing.inWorkspaces() && !workspaces.isEmpty()) {
            teams.onWorkspaces(standing.teams(), workspaces)
                    .forEach(row -> add(
                            reached.workspaces(), row.workspaceId, row.given().permissions()));
        }
        return reached;
    }

    private Set<Permission> granted(Standing standing, Reached reached, Place place) {
        EnumSet<Permission> granted = EnumSet.noneOf(Permission.class);
        granted.addAll(standing.everywhere());
        if (place.workspaceId().isPresent()) {
            granted.addAll(reached.inProjects().getOrDefault(place.projectId().orElse(""), Set.of()));
            granted.addAll(reached.workspaces().getOrDefault(place.workspaceId().get(), Set.of()));
        } else if (place.projectId().isPresent()) {
            String project = place.projectId().get();
            granted.addAll(reached.projects().getOrDefault(project, Set.of()));
            if (granted.contains(Permission.READ_PROJECTS)
                    || (!granted.contains(Permission.READ)
                            && standing.inWorkspaces()
                            && teams.reachesInto(project, standing.teams()))) {
                granted.add(Permission.READ);
            }
        } else if (standing.member()) {
            granted.add(Permission.READ);
        }
        if (!granted.isEmpty() || standing.member()) {
            granted.add(Permission.KNOWN);
        }
        return granted;
    }

    private void asks(Permission permission) {
        if (Arc.container().requestContext().isActive()) {
            caller.asks(permission);
        }
    }

    private static void add(Map<String, Set<Permission>> sets, String key, Set<Permission> more) {
        sets.computeIfAbsent(key, fresh -> EnumSet.noneOf(Permission.class)).addAll(more);
    }

    private static String words(Permission permission) {
        return permission.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
