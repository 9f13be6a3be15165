package io.terrafleet.api.organization;

import java.util.Optional;

/**
 * What few organizations set.
 *
 * @param sessionTimeout minutes without activity after which a session ends; absent: as the installation says
 * @param sessionRemember minutes after which a session ends in any case; absent: as the installation says
 * @param passingStatuses whether commits that no workspace looks at get a passing status
 * @param aggregatedCommitStatus whether a commit gets one status for all workspaces
 * @param speculativePlanManagement whether a newer commit cancels the plans of an older one
 * @param defaultAgentPoolId where runs of new workspaces go when the default execution mode is {@code agent}
 * @param ownersTeamSamlRoleId what the identity provider calls the owners; empty for nothing
 */
public record OrganizationTraits(
        Optional<Integer> sessionTimeout,
        Optional<Integer> sessionRemember,
        boolean passingStatuses,
        boolean aggregatedCommitStatus,
        boolean speculativePlanManagement,
        String ownersTeamSamlRoleId,
        Optional<String> defaultAgentPoolId) {}
