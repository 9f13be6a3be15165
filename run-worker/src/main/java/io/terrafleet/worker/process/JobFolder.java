package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.runner.JobDirectory;
import io.terrafleet.runner.Outcome;
import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The worker's part of a job's directory: the note that the job exists, and that it was lost. */
record JobFolder(JobDirectory directory) {
    static JobFolder of(Path jobs, JobId job) {
        return new JobFolder(new JobDirectory(jobs.resolve(job.toString()).toAbsolutePath()));
    }

    boolean exists() {
        return Files.isRegularFile(spec());
    }

    /** On disk for certain when this returns. */
    void begin(JobSpec spec) throws IOException {
        directory.create();
        Path temporary = spec().resolveSibling("spec.json.new");
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(Json.write(spec));
            while (content.hasRemaining()) {
                file.write(content);
            }
            file.force(true);
        }
        Files.move(temporary, spec(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory.root());
        Path parent = directory.root().getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    Optional<JobSpec> readSpec() throws IOException {
        return directory.read(spec(), JobSpec.class);
    }

    /** Remembered until the broker has it. */
    void lose(JobLost lost) throws IOException {
        directory.write(lostFile(), lost);
    }

    Optional<JobLost> lost() throws IOException {
        return directory.read(lostFile(), JobLost.class);
    }

    Optional<Outcome> outcome() throws IOException {
        return directory.read(directory.outcome(), Outcome.class);
    }

    /** The runner that has the job, if it lives. */
    Optional<ProcessHandle> runner() throws IOException {
        return directory.read(directory.runner(), JobDirectory.Pid.class).flatMap(JobDirectory.Pid::alive);
    }

    /** Noted before the runner is told, so that nobody takes the job for one that waits. */
    void belongsTo(ProcessHandle runner) throws IOException {
        directory.note(directory.runner(), JobDirectory.Pid.of(runner));
    }

    boolean wasBegun() {
        return Files.exists(directory.runner()) || Files.exists(directory.assignment());
    }

    void remove() throws IOException {
        JobDirectory.delete(directory.root());
    }

    private Path spec() {
        return directory.root().resolve("spec.json");
    }

    private Path lostFile() {
        return directory.root().resolve("lost.json");
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
