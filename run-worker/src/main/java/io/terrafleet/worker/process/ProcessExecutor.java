package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.TerraformVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs jobs as processes of this machine, so many at a time. A job is on disk before it is acknowledged; runners outlive a worker
 * that dies, and a worker finds them again.
 */
public final class ProcessExecutor implements Executor {
    private static final Logger LOG = Logger.getLogger(ProcessExecutor.class);

    private final Path jobs;
    private final Duration stopGrace;
    private final Works works = new Works();
    private final JobQueue queue = new JobQueue();
    private final JobReporter reporter;
    private final Aftermath aftermath;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param claimToken by which a runner claims the job
     * @param machine name of this machine, for people
     * @param environment of this process
     * @throws IOException when the data directory or the provider settings cannot be used
     */
    public ProcessExecutor(
            ProcessConfig config,
            TerraformVersions versions,
            JobReporter reporter,
            Function<JobSpec, String> claimToken,
            InstantSource clock,
            String machine,
            Map<String, String> environment)
            throws IOException {
        this.jobs = config.data().toAbsolutePath().resolve("jobs");
        this.stopGrace = config.stopGrace();
        this.reporter = reporter;
        Files.createDirectories(jobs);
        RunnerCommand command = new RunnerCommand(config, environment);
        this.aftermath = new Aftermath(works, command, reporter, clock, this::enqueue);
        Optional<Path> cliConfiguration = CliConfiguration.write(config.provider(), config.data());
        Path handover = config.data().toAbsolutePath().resolve("handover");
        Slot.Shared shared = new Slot.Shared(
                queue, works, command, versions, aftermath, reporter, claimToken, cliConfiguration, handover, machine);
        int count = config.slots().orElse(Runtime.getRuntime().availableProcessors() + 1);
        for (int i = 1; i <= count; i++) {
            slots.add(new Slot("slot-" + i, shared));
        }
    }

    @Override
    public Launch launch(JobSpec spec) {
        JobFolder folder = JobFolder.of(jobs, spec.job());
        Work work = new Work(spec, folder);
        if (folder.exists() || !works.add(work)) {
            return Launch.ALREADY_THERE;
        }
        try {
            folder.begin(spec);
        } catch (IOException e) {
            works.remove(work);
            throw new LaunchFailed("the job cannot be written to " + jobs + ": " + e.getMessage(), e);
        }
        enqueue(work);
        return Launch.LAUNCHED;
    }

    private void enqueue(Work work) {
        if (!queue.add(work.spec())) {
            long busy = slots.stream().filter(Slot::isBusy).count();
            reporter.waiting(work.spec().job(), "waiting for a free slot (" + busy + " of " + slots.size() + " busy)");
        }
    }

    @Override
    public void kill(JobId job, String reason) {
        Optional<Work> found = works.find(job);
        if (found.isEmpty()) {
            reporter.lost(job, "killed", "this worker has no such job", true, () -> {});
        } else if (queue.remove(job)) {
            aftermath.lose(found.get(), "killed", "killed while it waited for a slot: " + reason, true);
        } else {
            found.get().kill();
        }
    }

    @Override
    public void recover() {
        for (Slot slot : slots) {
            threads.add(Thread.ofPlatform().daemon().name("worker-slot").start(slot));
        }
        new Recovery(jobs, works, aftermath, this::enqueue).run();
    }

    /** Waits for a slot that nothing is meant for yet. @return whether there is one */
    public boolean awaitRoom(Duration most) throws InterruptedException {
        return queue.awaitRoom(most);
    }

    @Override
    public void close() {
        windDown();
    }

    @Override
    public void windDown() {
        if (closed.getAndSet(true)) {
            return;
        }
        queue.close();
        aftermath.close();
        slots.forEach(Slot::close);
        awaitSlots();
    }

    /** Takes no more jobs and lets those that run come to their end; what takes longer than the grace goes on alone. */
    public void drain() {
        queue.close();
        awaitSlots();
        aftermath.close();
    }

    private void awaitSlots() {
        long end = System.nanoTime() + stopGrace.toNanos();
        try {
            for (Thread thread : threads) {
                Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                if (!thread.join(left)) {
                    LOG.warn("a job is still being stopped; it goes on alone and reports when the platform is back");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
