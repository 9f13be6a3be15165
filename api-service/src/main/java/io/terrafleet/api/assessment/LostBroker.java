package io.terrafleet.api.assessment;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.run.RunConfig;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * After a broker was lost with all its records: what the runs wait for is said again, from the database. Beside the start, since
 * there may be many.
 */
@ApplicationScoped
class LostBroker {
    private static final Logger LOG = Logger.getLogger(LostBroker.class);

    /** Nobody is that far behind in hearing that a run is over. */
    private static final Duration RECENT = Duration.ofHours(1);

    private final Runs runs;
    private final Assessments assessments;
    private final RunConfig config;
    private final InstantSource clock;

    LostBroker(Runs runs, Assessments assessments, RunConfig config, @Identifier("api") InstantSource clock) {
        this.runs = runs;
        this.assessments = assessments;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        if (config.announceAgain()) {
            Thread.ofVirtual().name("announce-again").start(this::announceAgain);
        }
    }

    /** One that cannot be said again must not keep the others from it. */
    void announceAgain() {
        List<RunId> all = runs.announced(clock.instant().minus(RECENT));
        int failed = 0;
        for (RunId run : all) {
            try {
                assessments.announceAgain(run);
            } catch (RuntimeException e) {
                failed++;
                LOG.errorf(e, "what the run waits for cannot be said again runId=%s", run);
            }
        }
        LOG.infof("said again where runs stand runs=%d failed=%d", all.size(), failed);
    }
}
