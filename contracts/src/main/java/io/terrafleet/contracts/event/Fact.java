package io.terrafleet.contracts.event;

/** Anything that rides a topic. What has the same key stays in order on its topic. */
public sealed interface Fact permits RunFact, CostRequest, CostReport, AuditEvent, VcsEvent {
    String key();
}
