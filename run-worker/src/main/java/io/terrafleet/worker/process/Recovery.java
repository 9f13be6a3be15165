package io.terrafleet.worker.process;

import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.runner.Outcome;
import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Finds the jobs of an earlier worker: lost ones are reported again, dead ones rescued, running ones watched, waiting ones queued. */
final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final Path jobs;
    private final Works works;
    private final Aftermath aftermath;
    private final Consumer<Work> enqueue;

    Recovery(Path jobs, Works works, Aftermath aftermath, Consumer<Work> enqueue) {
        this.jobs = jobs;
        this.works = works;
        this.aftermath = aftermath;
        this.enqueue = enqueue;
    }

    void run() {
        for (Path folder : folders()) {
            try {
                recover(folder);
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf(e, "%s holds a job that cannot be read; it is left alone", folder);
            }
        }
    }

    private List<Path> folders() {
        try (Stream<Path> entries = Files.list(jobs)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            LOG.errorf(e, "%s cannot be read; jobs of an earlier worker are not found", jobs);
            return List.of();
        }
    }

    private void recover(Path path) throws IOException {
        JobFolder folder = new JobFolder(new io.terrafleet.runner.JobDirectory(path.toAbsolutePath()));
        Optional<JobSpec> spec = folder.readSpec();
        if (spec.isEmpty()) {
            folder.remove(); // never acknowledged
            return;
        }
        Work work = new Work(spec.get(), folder);
        if (!works.add(work)) {
            return; // asked for in this life
        }
        Optional<JobLost> lost = folder.lost();
        Optional<Outcome> outcome = folder.outcome();
        Optional<ProcessHandle> runner = folder.runner();
        if (lost.isPresent()) {
            aftermath.sayLost(
                    work, lost.get().reason(), lost.get().message(), lost.get().permanent());
        } else if (outcome.isPresent()) {
            aftermath.ended(work, outcome);
        } else if (runner.isPresent()) {
            watch(work, runner.get());
        } else if (folder.wasBegun()) {
            beside(() -> aftermath.ended(work, Optional.empty()));
        } else {
            enqueue.accept(work);
        }
    }

    private void watch(Work work, ProcessHandle runner) {
        LOG.infof("job %s: still runs in process %d", work.spec().job(), runner.pid());
        work.beganIn(runner);
        beside(() -> {
            runner.onExit().join();
            aftermath.ended(work, Optional.empty());
        });
    }

    private static void beside(Runnable task) {
        Thread.ofVirtual().name("recovery").start(task);
    }
}
