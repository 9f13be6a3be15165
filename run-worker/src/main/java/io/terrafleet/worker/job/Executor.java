package io.terrafleet.worker.job;

import io.terrafleet.contracts.JobId;

/** Where a phase runs: as a process of this machine or as a pod. Both keep the promises of {@code ExecutorContract}. */
public interface Executor extends AutoCloseable {
    enum Launch {
        LAUNCHED,
        /** The job was asked for before. */
        ALREADY_THERE
    }

    /**
     * Takes the job over. When this returns the job survives the death of the worker.
     *
     * @throws LaunchFailed when that cannot be promised; asking again may help
     */
    Launch launch(JobSpec spec);

    /** Ends the job without asking; what it leaves is rescued and reported. A job that is not here is reported as lost. */
    void kill(JobId job, String reason);

    /** Finds again what an earlier worker left: waiting, running or dead. Called once, at the start. */
    void recover();

    /** The stop has been announced and everything still answers: what would end with this process is interrupted and reports. */
    default void windDown() {}

    /** Stops in order: what runs is interrupted and reports, or goes on alone. */
    @Override
    void close();

    /** The job could not be taken over. */
    final class LaunchFailed extends RuntimeException {
        public LaunchFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
