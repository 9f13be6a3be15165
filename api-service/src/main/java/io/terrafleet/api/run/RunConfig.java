package io.terrafleet.api.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How long a run may wait, and for what. */
@ConfigMapping(prefix = "terrafleet.run")
public interface RunConfig {
    /** A phase that no runner has claimed after this long ends the run. */
    @WithDefault("1h")
    Duration claimWithin();

    /** A plan without a verdict after this long ends the run: without a verdict nothing is applied. */
    @WithDefault("24h")
    Duration assessWithin();

    /** Run tasks before or after a phase that have not all answered after this long are given up. */
    @WithDefault("70m")
    Duration tasksWithin();

    /** How long after a cancel people may force it. */
    @WithDefault("10s")
    Duration forceCancelAfter();

    /** At the start, say once more what runs wait for, and which ended within the last hour: for a broker that was lost and begins with nothing. */
    @WithDefault("false")
    boolean announceAgain();

    /** How often a plan, or an apply that no runner has claimed, is attempted in all. */
    @WithDefault("3")
    int attempts();

    /** A plan that takes longer is interrupted. */
    @WithDefault("2h")
    Duration planTimeout();

    /** An apply that takes longer is interrupted. */
    @WithDefault("24h")
    Duration applyTimeout();

    /** Most runs of one organization that this installation's workers take at a time; absent: no limit. Administrators set it per organization too. */
    Optional<Integer> organizationConcurrency();

    /** From the interrupt of a plan until terraform is killed. */
    @WithDefault("30s")
    Duration planCoolOff();

    /** From the interrupt of an apply until terraform is killed; terraform waits for what it has begun. */
    @WithDefault("10m")
    Duration applyCoolOff();

    /** Where runners reach this service; absent: at {@code terrafleet.public-url}. */
    Optional<URI> runnerApiUrl();

    /** Most bytes of log that one phase keeps. */
    @WithDefault("67108864")
    long logLimit();
}
