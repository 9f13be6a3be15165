package io.terrafleet.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.event.WorkerEvent.JobWaiting;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.runner.JobDirectory;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.ExecutorContract;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.release.ReleaseConfig;
import io.terrafleet.worker.release.TerraformVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessExecutorIT extends ExecutorContract {
    private static final JobId APPLY = JobId.of("run-aaaaaaaaaaaaaaaa-apply-1");

    @TempDir
    Path data = Path.of("");

    @Override
    protected Executor make() throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ProcessConfig.class)
                .withMapping(ReleaseConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "terrafleet.worker.process.data", data.toString(),
                                "terrafleet.worker.process.slots", "1",
                                "terrafleet.worker.process.runner-classpath", System.getProperty("java.class.path"),
                                "terrafleet.worker.process.stop-grace", "PT20S",
                                "terrafleet.worker.release.index",
                                        data.resolve("no-releases").toString()),
                        "test",
                        500))
                .build();
        InstantSource clock = InstantSource.system();
        TerraformVersions versions = new TerraformVersions(
                config.getConfigMapping(ReleaseConfig.class),
                data,
                String.valueOf(Terraform.orSkip().getParent()),
                "linux_amd64",
                clock);
        return new ProcessExecutor(
                config.getConfigMapping(ProcessConfig.class),
                versions,
                new JobReporter(events, clock, "worker-1", Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                "this machine",
                System.getenv());
    }

    private JobDirectory directory(JobId job) {
        return new JobDirectory(data.toAbsolutePath().resolve("jobs").resolve(job.toString()));
    }

    private ProcessHandle runnerOf(JobId job) throws IOException {
        return directory(job)
                .read(directory(job).runner(), JobDirectory.Pid.class)
                .flatMap(JobDirectory.Pid::alive)
                .orElseThrow();
    }

    /** A plan of the slow configuration has been made; its apply sleeps until {@link #wake}, a minute at most. */
    private void applySlowly() throws Exception {
        platform()
                .configuration(TarGz.of(Map.of(
                        "main.tf",
                        """
                        resource "terraform_data" "first" { input = "done" }
                        resource "terraform_data" "slow" {
                          depends_on = [terraform_data.first]
                          provisioner "local-exec" { command = "echo sleeping; for i in $(seq 600); do test -e '%s' && break; sleep 0.1; done; echo awa''ke" }
                        }
                        """
                                .formatted(alarm()))))
                .offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        Claim claim = FakePlatform.claim(APPLY);
        String sha256 =
                FakePlatform.sha256(platform().artifact(RunArtifact.PLAN).orElseThrow());
        platform()
                .offer(new Claim(
                        claim.job(),
                        claim.leaseToken(),
                        claim.fence(),
                        claim.heartbeatEvery(),
                        claim.organization(),
                        claim.workspaceName(),
                        claim.engine(),
                        claim.workingDirectory(),
                        claim.options(),
                        claim.variables(),
                        claim.hasState(),
                        Optional.of(sha256),
                        claim.timeout(),
                        claim.coolOff(),
                        claim.logLimitBytes(),
                        claim.enclosed()));
        executor().launch(spec(APPLY));
        until("the apply to sleep", () -> platform().log(APPLY).contains("sleeping"));
    }

    private Path alarm() {
        return data.toAbsolutePath().resolve("alarm");
    }

    private void wake() throws IOException {
        Files.createFile(alarm());
    }

    @Test
    void aJobThatWaitsSaysSo() throws Exception {
        applySlowly();
        JobId second = JobId.of("run-bbbbbbbbbbbbbbbb-plan-1");
        platform().offer(FakePlatform.claim(second));

        executor().launch(spec(second));

        assertThat(events.of(second, JobWaiting.class))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("waiting for a free slot (1 of 1 busy)"));
        wake();
        assertThat(platform().result(APPLY)).isInstanceOf(PhaseResult.Applied.class);
        assertThat(platform().result(second)).isInstanceOf(PhaseResult.Planned.class);
    }

    @Test
    void applyGoesBeforePlanAndPlanBeforeSpeculation() {
        Instant early = Instant.parse("2026-01-01T00:00:00Z");
        var plan = spec(PLAN);
        var apply = spec(APPLY);
        var speculative = new io.terrafleet.worker.job.JobSpec(
                JobId.of("run-cccccccccccccccc-plan-1"),
                "acme",
                "shop",
                "terraform",
                "1.11.4",
                platform().uri(),
                true,
                early.minusSeconds(60),
                early);

        assertThat(List.of(speculative, plan, apply).stream()
                        .sorted(io.terrafleet.worker.job.JobSpec.URGENCY)
                        .toList())
                .containsExactly(apply, plan, speculative);
    }

    @Test
    void aDeadRunnersApplyIsFollowedToItsEnd() throws Exception {
        applySlowly();

        ProcessHandle runner = runnerOf(APPLY);
        runner.destroyForcibly();
        runner.onExit().get(60, TimeUnit.SECONDS);
        wake();

        assertThat(platform().result(APPLY)).isEqualTo(new PhaseResult.Applied(new PhaseResult.Counts(2, 0, 0, 0)));
        assertThat(platform().log(APPLY))
                .containsOnlyOnce("Initializing plugins")
                .containsOnlyOnce("awake")
                .contains("Apply complete!");
        assertThat(platform().states().getLast()).contains("\"name\": \"slow\"");
        until("the job's directory to go", () -> !Files.exists(directory(APPLY).root()));
    }

    @Test
    void aKilledApplyShipsItsStateAndSaysSo() throws Exception {
        applySlowly();

        executor().kill(APPLY, "the test wants it");

        assertThat(platform().result(APPLY)).isEqualTo(new PhaseResult.Interrupted(true, true));
        assertThat(platform().states().getLast()).contains("\"name\": \"first\"");
    }

    @Test
    void aDeadRunnersPlanIsLostAndMayBeTriedAgain() throws Exception {
        platform()
                .configuration(
                        TarGz.of(
                                Map.of(
                                        "main.tf",
                                        """
                        data "external" "slow" { program = ["sleep", "20"] }
                        """)))
                .offer(FakePlatform.claim(PLAN));
        platform().holdConfiguration(true);
        executor().launch(spec(PLAN));
        until("the claim", () -> platform().isClaimed(PLAN));

        runnerOf(PLAN).destroyForcibly();

        until("the loss", () -> !events.of(PLAN, JobLost.class).isEmpty());
        assertThat(events.of(PLAN, JobLost.class)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("runner-lost");
            assertThat(lost.permanent()).isFalse();
        });
        until("the job's directory to go", () -> !Files.exists(directory(PLAN).root()));
    }

    @Test
    void aRunnerOutlivesItsWorkerAndIsFoundAgain() throws Exception {
        applySlowly();
        // The worker dies: nobody closes anything, another one begins on the same directory.
        Executor next = make();
        next.recover();

        assertThat(next.launch(spec(APPLY))).isEqualTo(Executor.Launch.ALREADY_THERE);
        wake();
        assertThat(platform().result(APPLY)).isInstanceOf(PhaseResult.Applied.class);
        next.close();
    }

    @Test
    void waitingJobsSurviveTheWorker() throws Exception {
        executor().close();
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN)); // accepted, but nobody takes it any more

        Executor next = make();
        replaceExecutor(next);
        next.recover();

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
    }

    @Test
    void aLossIsToldAgainUntilTheBrokerHasIt() throws Exception {
        events.brokerAway(true);
        executor().launch(spec(PLAN, "~> 0.1.0"));
        until("the loss to be told", () -> events.of(PLAN, JobLost.class).size() == 1);
        executor().close();
        events.brokerAway(false);

        Executor next = make();
        replaceExecutor(next);
        next.recover();

        until("the loss to be told again", () -> events.of(PLAN, JobLost.class).size() == 2);
        until("the job's directory to go", () -> !Files.exists(directory(PLAN).root()));
    }

    @Test
    void aCleanStopInterruptsAndReports() throws Exception {
        applySlowly();

        executor().close();

        assertThat(platform().result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
    }

    @Test
    void warmRunnersAreFast() throws Exception {
        for (int i = 1; i <= 5; i++) {
            JobId job = JobId.of("run-aaaaaaaaaaaaaaaa-plan-" + i);
            platform().offer(FakePlatform.claim(job));
            long begin = System.nanoTime();
            executor().launch(spec(job));
            assertThat(platform().result(job)).isInstanceOf(PhaseResult.Planned.class);
            System.err.println("plan " + i + ": "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        }
    }
}
