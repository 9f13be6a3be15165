package io.terrafleet.api.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller has in an organization, before any single place of it is looked at.
 *
 * @param whole everything in the organization, wherever
 * @param member whether the organization may be seen
 * @param teams ids
 * @param everywhere what the teams have in all places
 * @param inProjects whether a team has something in single projects besides
 * @param inWorkspaces whether a team has something in single workspaces besides
 */
record Standing(
        Optional<Set<Permission>> whole,
        boolean member,
        List<String> teams,
        Set<Permission> everywhere,
        boolean inProjects,
        boolean inWorkspaces) {
    /** Nothing, and the organization is not even seen. */
    static final Standing NONE = new Standing(Optional.empty(), false, List.of(), Set.of(), false, false);

    static Standing of(Set<Permission> whole) {
        return new Standing(Optional.of(whole), true, List.of(), whole, false, false);
    }

    static Standing of(List<TeamReach> teams, boolean member) {
        EnumSet<Permission> everywhere = EnumSet.noneOf(Permission.class);
        teams.stream()
                .flatMap(team -> team.organizationAccess().stream())
                .flatMap(word -> OrganizationAccess.named(word).stream())
                .forEach(access -> everywhere.addAll(access.permissions()));
        return new Standing(
                Optional.empty(),
                member,
                teams.stream().map(TeamReach::id).toList(),
                everywhere,
                teams.stream().anyMatch(TeamReach::inProjects),
                teams.stream().anyMatch(TeamReach::inWorkspaces));
    }

    /**
     * A team and how far it reaches.
     *
     * @param organizationAccess words of {@link OrganizationAccess}
     * @param inProjects whether it has something in a single project
     * @param inWorkspaces whether it has something in a single workspace
     */
    record TeamReach(
            String id, String name, List<String> organizationAccess, boolean inProjects, boolean inWorkspaces) {
        boolean owners() {
            return name.equals(TeamEntity.OWNERS);
        }
    }
}
