package io.terrafleet.api.run;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Set;
import org.jboss.logging.Logger;

/** Hands a place that a run has left to the next of its organization: at once after the commit, and what a crash left behind a little later. */
@ApplicationScoped
class RunPlaces {
    private static final Logger LOG = Logger.getLogger(RunPlaces.class);
    private static final Set<String> WORKING = Set.of("plan_queued", "planning", "apply_queued", "applying");

    private final Runs runs;
    private final RunCapacity capacity;
    private final RunStore store;

    RunPlaces(Runs runs, RunCapacity capacity, RunStore store) {
        this.runs = runs;
        this.capacity = capacity;
        this.store = store;
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged event) {
        boolean left = WORKING.contains(RunView.status(event.from()))
                && !WORKING.contains(event.now().status());
        if (left && event.now().agentPoolId().isEmpty()) {
            String organization = event.now().organizationId();
            Thread.ofVirtual().name("run-places").start(() -> leave(organization));
        }
    }

    @Scheduled(identity = "run-places", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void fillAll() {
        store.organizationsWithReady().forEach(this::fill);
    }

    /** Without a limit nobody waits for a place. */
    private void leave(String organization) {
        if (capacity.most(organization).isPresent()) {
            fill(organization);
        }
    }

    private void fill(String organization) {
        try {
            for (String id : store.readyIds(organization)) {
                if (!runs.begin(new RunId(id))) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "places were not handed on, and are a little later organizationId=%s", organization);
        }
    }
}
