package io.terrafleet.worker.job;

import io.terrafleet.contracts.event.WorkerEvent;

/** How a worker reaches the platform: over Kafka inside an installation, over HTTP from an agent. */
public interface Voice {
    /**
     * @param what the same for the same event said again
     * @param heard called when the platform has it for certain
     */
    void say(WorkerEvent event, String what, Runnable heard);

    /** A job was launched just now, whether or not it is worth telling. */
    default void launched() {}
}
