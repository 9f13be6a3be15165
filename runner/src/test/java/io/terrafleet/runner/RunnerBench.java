package io.terrafleet.runner;

import io.terrafleet.contracts.JobId;
import io.terrafleet.runner.platform.Patience;
import io.terrafleet.runner.platform.Platform;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.Terraform;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A runner in the test's own JVM, against the fake platform, with short patience. */
final class RunnerBench implements AutoCloseable {
    final FakePlatform platform = new FakePlatform();
    final Equipment equipment;
    private final Path root;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RunnerBench(Path root) throws java.io.IOException {
        this.root = root;
        Patience patience = new Patience(
                InstantSource.system(), Duration.ofSeconds(60), Duration.ofMillis(20), Duration.ofMillis(200));
        this.equipment =
                new Equipment(new Platform(http, patience), timer, threads, System.getenv(), MemoryPeak.unknown());
    }

    Assignment assignment(JobId job) {
        return new Assignment(
                job,
                platform.uri(),
                FakePlatform.claimToken(job),
                Terraform.orSkip().toString(),
                "1.11.4",
                "terraform",
                directory(job).root().toString(),
                Optional.empty(),
                Optional.empty(),
                "test",
                Optional.of(root.resolve("handover").toString()),
                List.of());
    }

    JobDirectory directory(JobId job) {
        return new JobDirectory(root.resolve(job.toString()));
    }

    PhaseExecution execution(JobId job, String claimant) {
        return new PhaseExecution(assignment(job), directory(job), equipment, claimant);
    }

    Outcome run(JobId job) throws InterruptedException {
        return execution(job, "claimant-1").run();
    }

    CompletableFuture<Outcome> begin(JobId job) {
        PhaseExecution execution = execution(job, "claimant-1");
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return execution.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    @Override
    public void close() {
        platform.close();
        http.shutdownNow();
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
