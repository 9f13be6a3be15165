package io.terrafleet.runner.terraform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a phase is stopped: interrupts terraform exactly once (a second signal would make it give up its state), kills it with all its
 * children after the cool-off. Whoever stops first names the cause. Safe for use by several threads.
 */
public final class Leash {
    public enum Cause {
        /** Somebody cancelled the run. */
        CANCELLED,
        /** The phase took longer than it may. */
        TIMED_OUT,
        /** This runner is being stopped. */
        SHUTDOWN,
        /** The platform gave this runner up. */
        FENCED
    }

    /** The phase is to stop; nothing new may be started. */
    public static final class Stopped extends Exception {
        public Stopped(Cause cause) {
            super("stopped: " + cause);
        }
    }

    private final ScheduledExecutorService timer;
    private final Duration coolOff;
    private @Nullable ProcessHandle held;
    private @Nullable Cause cause;
    private @Nullable Future<?> coolingOff;
    private boolean killed;

    /** @param coolOff from the interrupt to the kill */
    public Leash(ScheduledExecutorService timer, Duration coolOff) {
        this.timer = timer;
        this.coolOff = coolOff;
    }

    /** Nothing may begin after a stop. */
    public synchronized void check() throws Stopped {
        if (cause != null) {
            throw new Stopped(cause);
        }
    }

    /** From now on a stop reaches this process; at once if the stop came first. */
    public synchronized void hold(ProcessHandle process) {
        held = process;
        if (killed) {
            end(process);
        } else if (cause != null) {
            signal(process);
        }
    }

    public synchronized void release() {
        held = null;
        if (coolingOff != null) {
            coolingOff.cancel(false);
        }
    }

    public synchronized void interrupt(Cause why) {
        if (cause != null) {
            return;
        }
        cause = why;
        if (held != null) {
            signal(held);
        }
    }

    public synchronized void kill(Cause why) {
        if (cause == null || why == Cause.FENCED) {
            cause = why;
        }
        if (held != null) {
            killed = true;
            end(held);
        }
    }

    public synchronized Optional<Cause> cause() {
        return Optional.ofNullable(cause);
    }

    /** Whether the interrupt was not enough. */
    public synchronized boolean killed() {
        return killed;
    }

    private void signal(ProcessHandle process) {
        process.destroy(); // SIGTERM, which terraform takes like an interrupt
        coolingOff = timer.schedule(() -> killIfStill(process), coolOff.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void killIfStill(ProcessHandle process) {
        if (process.equals(held)) {
            killed = true;
            end(process);
        }
    }

    private static void end(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
