package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a pod's first process: a real process with a real terraform, and PID 1 of its own where the machine allows it. */
class InPodIT {
    private static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");
    private static final JobId APPLY = JobId.of("run-aaaaaaaaaaaaaaaa-apply-1");
    private static final List<String> AS_FIRST_PROCESS = List.of("unshare", "--pid", "--fork", "--mount-proc");

    /** terraform behind a shell that counts the signals that reach it, and leaves an errored state when it is told to. */
    private static final String COUNTING =
            """
            #!/bin/sh
            if [ "$1" = apply ]; then
                trap 'echo got >> "$0.signals"; kill -TERM $child' TERM INT
                TERRAFORM "$@" & child=$!
                while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
                [ -f "$0.errored" ] && cp "$0.errored" errored.tfstate
                exit $code
            fi
            exec TERRAFORM "$@"
            """;

    @TempDir
    Path root = Path.of("");

    private final FakePlatform platform = newPlatform();
    private final List<Process> processes = new ArrayList<>();

    private static FakePlatform newPlatform() {
        try {
            return new FakePlatform();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        Files.writeString(root.resolve("message"), "");
    }

    @AfterEach
    void end() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        platform.close();
    }

    private Path binary() {
        return root.resolve("bin/terraform");
    }

    /** As the container beside it does: whole, under its name. */
    private void copyBinary() throws IOException {
        Path terraform = Terraform.orSkip();
        Path temporary = root.resolve("bin/terraform.new");
        Files.writeString(temporary, COUNTING.replace("TERRAFORM", terraform.toString()));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(temporary, binary(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Process start(JobId job, String... more) throws IOException {
        Assignment assignment = new Assignment(
                job,
                platform.uri(),
                FakePlatform.claimToken(job),
                binary().toString(),
                "1.11.4",
                "terraform",
                root.resolve(job.toString()).toString(),
                Optional.empty(),
                Optional.empty(),
                "a test's pod",
                Optional.empty(),
                List.of());
        Path file = root.resolve("assignment.json");
        Files.write(file, Json.write(assignment));
        List<String> line = new ArrayList<>(canBeFirst() ? AS_FIRST_PROCESS : List.of());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.terrafleet.runner.Main",
                "pod",
                file.toString(),
                root.resolve("message").toString()));
        line.addAll(List.of(more));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("printed").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static boolean canBeFirst() throws IOException {
        List<String> trial = new ArrayList<>(AS_FIRST_PROCESS);
        trial.add("true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException absent) {
            return false;
        }
    }

    /** The runner itself: behind {@code unshare} it is the only child. */
    private static ProcessHandle runner(Process process) throws IOException {
        return canBeFirst() ? process.children().findFirst().orElseThrow() : process.toHandle();
    }

    private Outcome lastWord() throws IOException {
        return Json.mapper().readValue(root.resolve("message").toFile(), Outcome.class);
    }

    private String printed() {
        try {
            return Files.readString(root.resolve("printed"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(60), condition);
    }

    private static void ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the runner ends").isTrue();
    }

    private Process applyingSlowly() throws Exception {
        copyBinary();
        platform.configuration(
                        TarGz.of(
                                Map.of(
                                        "main.tf",
                                        """
                        resource "terraform_data" "first" { input = "done" }
                        resource "terraform_data" "slow" {
                          depends_on = [terraform_data.first]
                          provisioner "local-exec" { command = "echo sleeping; for i in $(seq 600); do sleep 0.1; done" }
                        }
                        resource "terraform_data" "never" {
                          input = "not reached"
                          depends_on = [terraform_data.slow]
                        }
                        """)))
                .offer(FakePlatform.claim(PLAN));
        ended(start(PLAN));
        Claim claim = FakePlatform.claim(APPLY);
        platform.offer(new Claim(
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
                Optional.of(
                        FakePlatform.sha256(platform.artifact(RunArtifact.PLAN).orElseThrow())),
                claim.timeout(),
                Duration.ofSeconds(30),
                claim.logLimitBytes(),
                claim.enclosed()));
        Process process = start(APPLY);
        until("the apply to sleep", () -> platform.log(APPLY).contains("sleeping"));
        return process;
    }

    @Test
    void waitsForTheBinaryAndLeavesItsLastWord() throws Exception {
        platform.configuration(TarGz.of(Map.of("main.tf", "resource \"terraform_data\" \"a\" {}\n")))
                .offer(FakePlatform.claim(PLAN));
        Process process = start(PLAN);
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
        assertThat(platform.isClaimed(PLAN)).isFalse();

        copyBinary();

        ended(process);
        assertThat(process.exitValue()).isZero();
        assertThat(platform.result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(lastWord().end()).isEqualTo(Outcome.End.REPORTED);
    }

    @Test
    void aBinaryThatShouldBeMountedIsNotWaitedFor() throws Exception {
        platform.offer(FakePlatform.claim(PLAN));
        Process process = start(PLAN, "mounted");

        ended(process);
        assertThat(platform.isClaimed(PLAN)).isFalse();
        assertThat(lastWord().end()).isEqualTo(Outcome.End.NO_BINARY);
        assertThat(lastWord().message()).contains("there is nothing to execute at " + binary());
    }

    @Test
    void stoppedBeforeItBeganItClaimsNothing() throws Exception {
        platform.offer(FakePlatform.claim(PLAN));
        Process process = start(PLAN);
        until("the runner to wait", () -> printed().contains("waiting for " + binary()));

        runner(process).destroy();

        ended(process);
        assertThat(platform.isClaimed(PLAN)).isFalse();
        assertThat(lastWord().end()).isEqualTo(Outcome.End.NOT_BEGUN);
    }

    @Test
    void anEvictionInterruptsTerraformOnceAndShipsItsState() throws Exception {
        Process process = applyingSlowly();

        runner(process).destroy();

        ended(process);
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
        assertThat(platform.states().getLast())
                .contains("\"name\": \"first\"")
                .contains("\"name\": \"slow\"")
                .doesNotContain("\"name\": \"never\"");
        assertThat(Files.readAllLines(root.resolve("bin/terraform.signals"))).containsExactly("got");
        assertThat(lastWord().end()).isEqualTo(Outcome.End.REPORTED);
    }

    @Test
    void aSecondSignalOfAnImpatientClusterReachesNobody() throws Exception {
        Process process = applyingSlowly();
        ProcessHandle runner = runner(process);

        runner.destroy();
        runner.destroy();

        ended(process);
        assertThat(Files.readAllLines(root.resolve("bin/terraform.signals"))).containsExactly("got");
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
    }

    @Test
    void anErroredStateIsShippedBeforeTheEnd() throws Exception {
        Path errored = root.resolve("bin/terraform.errored");
        Files.writeString(errored, "{\"version\":4,\"serial\":99,\"lineage\":\"l\",\"outputs\":{},\"resources\":[]}");
        Process process = applyingSlowly();

        runner(process).destroy();

        ended(process);
        assertThat(platform.states().getLast()).contains("\"serial\":99");
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
    }
}
