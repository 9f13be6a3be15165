package io.terrafleet.contracts.event;

import io.terrafleet.contracts.RunId;

/** Anything that rides a topic. The run is the key of the record, so all that is said of one run on one topic stays in order. */
public sealed interface Fact permits RunRequest, RunEvent, WorkerEvent, PolicyDecision, CostDecision {
    RunId run();
}
