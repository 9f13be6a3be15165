package io.terrafleet.contracts.event;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import java.time.Instant;

/** What a worker knows of a job and its runner cannot say itself. Topic {@code terrafleet.worker-events}. */
public sealed interface WorkerEvent extends RunFact {
    JobId job();

    @Override
    default RunId run() {
        return job().run();
    }

    /**
     * A pod or process exists for the job.
     *
     * @param place for people, for example {@code pod terrafleet/run-abc}
     */
    record JobLaunched(JobId job, String worker, String place, Instant at) implements WorkerEvent {}

    /** The job waits to be launched, and why: {@code waiting for a free slot (2 of 2 busy)}. */
    record JobWaiting(JobId job, String worker, String reason, Instant at) implements WorkerEvent {}

    /**
     * The job ended, or never began, without its runner's report.
     *
     * @param reason a word for machines: {@code version-unavailable}, {@code launch-failed}, {@code runner-lost}, {@code killed},
     *     {@code out-of-memory}, {@code evicted}, …
     * @param message a sentence for people, with what to do
     * @param permanent whether trying again cannot help
     */
    record JobLost(JobId job, String worker, String reason, String message, boolean permanent, Instant at)
            implements WorkerEvent {}
}
