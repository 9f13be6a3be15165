package io.terrafleet.contracts.event;

import java.util.Arrays;

/** The topics, each with exactly one writer. */
public enum Topic {
    RUN_REQUESTS("terrafleet.run-requests", RunRequest.class, "api-service"),
    RUN_EVENTS("terrafleet.run-events", RunEvent.class, "api-service"),
    WORKER_EVENTS("terrafleet.worker-events", WorkerEvent.class, "run-worker"),
    POLICY_DECISIONS("terrafleet.policy-decisions", PolicyDecision.class, "policy-service"),
    COST_DECISIONS("terrafleet.cost-decisions", CostDecision.class, "cost-service"),
    COST_REQUESTS("terrafleet.cost-requests", CostRequest.class, "api-service"),
    COST_REPORTS("terrafleet.cost-reports", CostReport.class, "cost-service"),
    AUDIT_EVENTS("terrafleet.audit-events", AuditEvent.class, "api-service"),
    VCS_EVENTS("terrafleet.vcs-events", VcsEvent.class, "api-service");

    private final String kafkaName;
    private final Class<? extends Fact> facts;
    private final String writer;

    Topic(String kafkaName, Class<? extends Fact> facts, String writer) {
        this.kafkaName = kafkaName;
        this.facts = facts;
        this.writer = writer;
    }

    public String kafkaName() {
        return kafkaName;
    }

    /** Where a record goes that could not be handled after bounded retries. */
    public String deadLetterName() {
        return kafkaName + ".dead";
    }

    public Class<? extends Fact> facts() {
        return facts;
    }

    public String writer() {
        return writer;
    }

    public static Topic of(Fact fact) {
        return Arrays.stream(values())
                .filter(topic -> topic.facts.isInstance(fact))
                .findFirst()
                .orElseThrow();
    }
}
