package io.terrafleet.worker.job;

import io.terrafleet.contracts.JobId;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** The door to the work: each job once, however often it is asked for. */
public final class Jobs {
    private static final Logger LOG = Logger.getLogger(Jobs.class);
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Executor executor;
    private final JobReporter reporter;
    private final InstantSource clock;

    public Jobs(Executor executor, JobReporter reporter, InstantSource clock) {
        this.executor = executor;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** When this returns the job is in safe hands, or has been reported as lost. */
    public void ensure(JobSpec spec) {
        if (clock.instant().isAfter(spec.claimBefore())) {
            LOG.infof("job %s: nobody waits for it any more", spec.job());
            return;
        }
        for (int tries = 1; ; tries++) {
            try {
                Executor.Launch launch = executor.launch(spec);
                LOG.infof("job %s: %s", spec.job(), launch);
                return;
            } catch (Executor.LaunchFailed e) {
                LOG.warnf(e, "job %s: launch failed, try %d", spec.job(), tries);
                if (tries == TRIES) {
                    reporter.lost(spec.job(), "launch-failed", String.valueOf(e.getMessage()), false, () -> {});
                    return;
                }
                rest();
            }
        }
    }

    public void kill(JobId job, String reason) {
        LOG.infof("job %s: to be killed: %s", job, reason);
        executor.kill(job, reason);
    }

    private static void rest() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the request will be delivered again", e);
        }
    }
}
