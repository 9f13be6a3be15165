package io.terrafleet.api.trigger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;

/** Starts the runs that applies have set off: at once after the commit, and what a crash left behind a little later. */
@ApplicationScoped
class RunTriggerFirings {
    private static final Logger LOG = Logger.getLogger(RunTriggerFirings.class);

    private final RunTriggers triggers;

    RunTriggerFirings(RunTriggers triggers) {
        this.triggers = triggers;
    }

    void noted(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunTriggers.FiringsNoted event) {
        Thread.ofVirtual().name("run-triggers").start(this::startAll);
    }

    @Scheduled(identity = "run-triggers", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void startAll() {
        for (long firing : triggers.waiting()) {
            try {
                triggers.fire(firing);
            } catch (Problem problem) {
                LOG.warnf(
                        "a run trigger could not start its run firingId=%d: %s",
                        firing, problem.detail().orElse(problem.title()));
                triggers.giveUp(firing);
            } catch (RuntimeException e) {
                LOG.errorf(e, "a run trigger has failed and is tried again firingId=%d", firing);
            }
        }
    }
}
