package io.terrafleet.api.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Gives up runners that are silent for longer than their lease. While this service itself was away nobody could be heard. */
@ApplicationScoped
class LeaseWatch {
    private final Jobs jobs;
    private final JobConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Instant listeningSince;

    LeaseWatch(Jobs jobs, JobConfig config, MeterRegistry meters, @Identifier("api") InstantSource clock) {
        this.jobs = jobs;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.listeningSince = clock.instant();
    }

    @Scheduled(identity = "lease-watch", every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void giveUpTheSilent() {
        giveUp(Phase.PLAN, config.lease());
        giveUp(Phase.APPLY, config.applyLease());
    }

    private void giveUp(Phase phase, Duration lease) {
        Instant oldest = clock.instant().minus(lease);
        if (oldest.isBefore(listeningSince)) {
            return;
        }
        String message = "The runner has not been heard of for " + lease.toSeconds() + " s.";
        for (JobId job : jobs.silentSince(phase, oldest)) {
            if (jobs.silent(job, oldest, message)) {
                meters.counter("terrafleet.lease.expired", "phase", phase.word())
                        .increment();
            }
        }
    }
}
