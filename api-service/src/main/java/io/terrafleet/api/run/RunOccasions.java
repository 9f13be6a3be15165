package io.terrafleet.api.run;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.configuration.ConfigurationUploaded;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.workspace.WorkspaceUnlocked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What reaches runs without a request of their own: time passes, a workspace is unlocked, a configuration arrives. */
@ApplicationScoped
class RunOccasions {
    private static final Logger LOG = Logger.getLogger(RunOccasions.class);
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private final Runs runs;
    private final InstantSource clock;

    RunOccasions(Runs runs, @Identifier("api") InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    @Scheduled(identity = "run-deadlines", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookForOverdue() {
        runs.idleSince(clock.instant().minus(YOUNG)).forEach(id -> {
            Transition transition = runs.accept(id, new RunInput.TimePassed());
            if (transition instanceof Transition.Moved) {
                LOG.warnf("run was overdue runId=%s", id);
            }
        });
    }

    void unlocked(@Observes WorkspaceUnlocked event) {
        runs.passTurn(event.workspace());
    }

    void uploaded(@Observes ConfigurationUploaded event) {
        ConfigurationVersion configuration = event.configuration();
        if (configuration.autoQueueRuns()) {
            runs.create(new NewRun(
                    configuration.workspace(),
                    Optional.of(configuration.id()),
                    configuration.speculative(),
                    Optional.empty(),
                    false,
                    true,
                    false,
                    List.of(),
                    List.of(),
                    false,
                    false,
                    Optional.empty(),
                    "Queued by the upload of " + configuration.id(),
                    List.of(),
                    "tfe-configuration-version",
                    configuration.createdById(),
                    configuration.createdByName()));
        }
    }
}
