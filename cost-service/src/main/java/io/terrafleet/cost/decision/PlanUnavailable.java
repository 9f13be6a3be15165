package io.terrafleet.cost.decision;

/** The api has no such plan, or not the one that was announced: asking again cannot help. The message begins a sentence. */
final class PlanUnavailable extends Exception {
    private final String reason;

    PlanUnavailable(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
