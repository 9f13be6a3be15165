package io.terrafleet.contracts.runner;

/** What the api-service wants of the runner now. */
public record HeartbeatAnswer(Order order) {
    public enum Order {
        GO_ON,
        /** Somebody cancelled, or time is up: interrupt terraform once and let it end in order. */
        INTERRUPT,
        /** The cool-off is over or somebody forced it: kill terraform, ship what state there is, report. */
        KILL
    }
}
