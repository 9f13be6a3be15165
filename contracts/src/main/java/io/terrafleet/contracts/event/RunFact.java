package io.terrafleet.contracts.event;

import io.terrafleet.contracts.RunId;

/** What is said of one run; the run is the key, so all of it on one topic stays in order. */
public sealed interface RunFact extends Fact permits RunRequest, RunEvent, WorkerEvent, PolicyDecision, CostDecision {
    RunId run();

    @Override
    default String key() {
        return run().value();
    }
}
