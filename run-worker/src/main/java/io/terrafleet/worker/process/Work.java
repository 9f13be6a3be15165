package io.terrafleet.worker.process;

import io.terrafleet.worker.job.JobSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that this worker has, waiting or running. */
final class Work {
    private final JobSpec spec;
    private final JobFolder folder;
    private @Nullable ProcessHandle runner;
    private boolean killed;
    private int deaths;

    Work(JobSpec spec, JobFolder folder) {
        this.spec = spec;
        this.folder = folder;
    }

    JobSpec spec() {
        return spec;
    }

    JobFolder folder() {
        return folder;
    }

    /** @return false when it was killed before it began */
    synchronized boolean beganIn(ProcessHandle process) {
        runner = process;
        return !killed;
    }

    /** Kills the runner, if there is one. terraform is left to the rescue, which ships its state. */
    synchronized void kill() {
        killed = true;
        Optional.ofNullable(runner).ifPresent(ProcessHandle::destroyForcibly);
    }

    synchronized boolean killed() {
        return killed;
    }

    /** Counts the runners that died before they began. */
    synchronized int died() {
        runner = null;
        deaths++;
        return deaths;
    }
}
