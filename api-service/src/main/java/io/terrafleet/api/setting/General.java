package io.terrafleet.api.setting;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for all organizations.
 *
 * @param limitOrganizationCreation whether only site administrators make organizations
 * @param requestsPerSecond of one token; 0 for as many as it likes; absent: as {@code terrafleet.access.requests-per-second} says
 * @param organizationsPerUser how many a user may be in before they can make no more; absent: as many as they like
 * @param workspacesPerOrganization unless an organization has a limit of its own; absent: as many as it likes
 * @param planTimeout a plan that takes longer is interrupted; absent: as {@code terrafleet.run.plan-timeout} says
 * @param applyTimeout an apply that takes longer is interrupted; absent: as {@code terrafleet.run.apply-timeout} says
 * @param sharesState whether new workspaces share their state with all others of their organization
 */
public record General(
        boolean limitOrganizationCreation,
        Optional<Integer> requestsPerSecond,
        Optional<Integer> organizationsPerUser,
        Optional<Integer> workspacesPerOrganization,
        Optional<Duration> planTimeout,
        Optional<Duration> applyTimeout,
        boolean sharesState) {
    static final General UNSET = new General(
            false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
