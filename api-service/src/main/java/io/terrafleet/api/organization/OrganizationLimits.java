package io.terrafleet.api.organization;

import java.time.Duration;
import java.util.Optional;

/**
 * What a site administrator sets on an organization.
 *
 * @param disabled whether it is there for site administrators only
 * @param workspaces at most so many; absent: as the installation says
 * @param runs at most so many are worked on at a time; absent: as the installation says
 * @param sharesModules whether every organization may take modules from its registry
 * @param sharesProviders whether every organization may take providers from its registry
 * @param betaTools whether its workspaces may use versions of terraform that are listed as beta
 * @param planTimeout a plan that takes longer is interrupted; absent: as the installation says
 * @param applyTimeout an apply that takes longer is interrupted; absent: as the installation says
 */
public record OrganizationLimits(
        boolean disabled,
        Optional<Integer> workspaces,
        Optional<Integer> runs,
        boolean sharesModules,
        boolean sharesProviders,
        boolean betaTools,
        Optional<Duration> planTimeout,
        Optional<Duration> applyTimeout) {}
