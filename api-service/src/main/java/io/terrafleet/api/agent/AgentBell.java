package io.terrafleet.api.agent;

import io.terrafleet.api.run.RunChanged;
import io.terrafleet.api.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes agents that wait for work when a run has come to need a runner. One of another replica finds it when it asks again. */
@ApplicationScoped
class AgentBell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rang = lock.newCondition();
    private long rings;

    void queued(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged event) {
        if (event.to() instanceof RunState.PlanQueued || event.to() instanceof RunState.ApplyQueued) {
            ring();
        }
    }

    private void ring() {
        lock.lock();
        try {
            rings++;
            rang.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it has rung; asked before looking for work, so that no ring is missed. */
    long heard() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /** Until it rings again, or the time is over. */
    void await(long heard, Duration most) {
        long left = most.toNanos();
        lock.lock();
        try {
            while (rings == heard && left > 0) {
                left = rang.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
