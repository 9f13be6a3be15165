package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import io.terrafleet.worker.job.JobSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
        notifyAll();
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

    /** Waits until a slot is idle that no waiting job will take. @return whether there is one */
    synchronized boolean awaitRoom(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos();
                waiting.size() >= idle && !closed && left > 0;
                left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return waiting.size() < idle && !closed;
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
