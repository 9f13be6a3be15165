package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import io.terrafleet.worker.job.JobSpec;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Jobs that wait for a slot, the most urgent first. */
final class JobQueue {
    private final TreeSet<JobSpec> waiting = new TreeSet<>(JobSpec.URGENCY);
    private int idle;
    private boolean closed;

    /** @return whether a free slot takes it now */
    synchronized boolean add(JobSpec spec) {
        waiting.add(spec);
        notifyAll();
        return waiting.size() <= idle;
    }

    /** The next job as soon as there is one; empty when the queue is closed. */
    synchronized Optional<JobSpec> take() throws InterruptedException {
        idle++;
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
            @Nullable JobSpec next = closed ? null : waiting.pollFirst();
            return Optional.ofNullable(next);
        } finally {
            idle--;
        }
    }

    /** @return whether it waited here */
    synchronized boolean remove(JobId job) {
        return waiting.removeIf(spec -> spec.job().equals(job));
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
