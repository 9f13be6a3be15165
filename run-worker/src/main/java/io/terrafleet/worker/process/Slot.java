package io.terrafleet.worker.process;

import io.terrafleet.runner.Assignment;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.TerraformVersions;
import io.terrafleet.worker.release.VersionUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One of the places where a job can run: a thread that takes jobs from the queue and a warm runner that it gives them to. */
final class Slot implements Runnable {
    private static final Logger LOG = Logger.getLogger(Slot.class);

    /** What all slots share. */
    record Shared(
            JobQueue queue,
            Works works,
            RunnerCommand command,
            TerraformVersions versions,
            Aftermath aftermath,
            JobReporter reporter,
            Function<JobSpec, String> claimToken,
            Optional<Path> cliConfiguration,
            Path handover,
            String machine) {}

    private final String name;
    private final Shared shared;
    private @Nullable RunnerHost host;
    private boolean busy;
    private boolean closing;

    Slot(String name, Shared shared) {
        this.name = name;
        this.shared = shared;
    }

    @Override
    public void run() {
        try {
            warm();
        } catch (IOException e) {
            LOG.errorf(e, "%s: no runner can be started", name);
        }
        try {
            for (Optional<JobSpec> next = shared.queue().take();
                    next.isPresent();
                    next = shared.queue().take()) {
                shared.works().find(next.get().job()).ifPresent(this::execute);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dismiss();
        }
    }

    private void execute(Work work) {
        JobSpec spec = work.spec();
        try {
            TerraformVersions.Resolved terraform = shared.versions()
                    .resolve(spec.engine(), spec.version(), spec.builds(), progress -> shared.reporter()
                            .waiting(spec.job(), progress));
            runIn(warm(), work, terraform);
        } catch (VersionUnavailable e) {
            shared.aftermath().lose(work, "version-unavailable", String.valueOf(e.getMessage()), true);
        } catch (IOException e) {
            LOG.errorf(e, "job %s: no runner can be started", spec.job());
            shared.aftermath().lose(work, "launch-failed", "no runner can be started: " + e.getMessage(), false);
        } catch (RuntimeException e) {
            LOG.errorf(e, "job %s: failed in the worker", spec.job());
            shared.aftermath().lose(work, "launch-failed", "the worker failed: " + e, false);
        }
    }

    private void runIn(RunnerHost runner, Work work, TerraformVersions.Resolved terraform) throws IOException {
        if (!work.beganIn(runner.handle())) {
            shared.aftermath().lose(work, "killed", "killed before it began", true);
            return;
        }
        work.folder().belongsTo(runner.handle());
        busy(true);
        Optional<io.terrafleet.runner.Outcome> outcome = Optional.empty();
        try {
            String place = "process " + runner.handle().pid() + " on " + shared.machine();
            runner.assign(assignment(work, terraform, place));
            shared.reporter().launched(work.spec().job(), place);
            outcome = runner.outcome();
        } catch (IOException e) {
            LOG.warnf(e, "job %s: its runner is gone", work.spec().job());
            runner.kill();
        } finally {
            busy(false);
        }
        shared.reporter().over(work.spec().job());
        shared.aftermath().ended(work, outcome);
    }

    private Assignment assignment(Work work, TerraformVersions.Resolved terraform, String place) {
        JobSpec spec = work.spec();
        return new Assignment(
                spec.job(),
                spec.api(),
                shared.claimToken().apply(spec),
                terraform.binary().toString(),
                terraform.version().toString(),
                spec.engine(),
                work.folder().directory().root().toString(),
                shared.cliConfiguration().map(Path::toString),
                Optional.empty(),
                place,
                Optional.of(shared.handover().toString()),
                List.copyOf(shared.command().passEnvironment()));
    }

    private synchronized RunnerHost warm() throws IOException {
        RunnerHost present = host;
        if (present != null && present.alive()) {
            return present;
        }
        RunnerHost made = shared.command().host(name);
        host = made;
        return made;
    }

    private synchronized void busy(boolean now) {
        busy = now;
        if (now && closing && host != null) {
            host.interrupt();
        }
    }

    synchronized boolean isBusy() {
        return busy;
    }

    /** The current job, if any, is interrupted and reports. */
    synchronized void close() {
        closing = true;
        if (busy && host != null) {
            host.interrupt();
        }
    }

    private synchronized void dismiss() {
        try {
            if (host != null) {
                host.dismiss();
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s: the runner was gone already", name);
        }
    }
}
