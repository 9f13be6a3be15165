package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which phases run {@code init}, told by a terraform that writes down what it is asked. */
class InitializationIT {
    private static final String TWO =
            "resource \"terraform_data\" \"a\" { input = var.x }\nvariable \"x\" { default = \"1\" }\n";
    private static final String MODULE = "module \"m\" { source = \"./inner\" }\n";

    @TempDir
    Path root = Path.of("");

    private @Nullable RunnerBench made;
    private Path terraform = Path.of("");
    private int runs;

    @BeforeEach
    void begin() throws Exception {
        made = new RunnerBench(root);
        terraform = root.resolve("noting-terraform");
        Files.writeString(terraform, "#!/bin/sh\necho $1 >> " + asked() + "\nexec " + Terraform.orSkip() + " \"$@\"\n");
        Files.setPosixFilePermissions(terraform, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void end() {
        bench().close();
    }

    private RunnerBench bench() {
        return Objects.requireNonNull(made);
    }

    private Path asked() {
        return root.resolve("asked");
    }

    /** @return the commands of a plan and, when there was something to do, its apply */
    private List<String> commandsOfRun(Map<String, String> files, Claim.Variable... variables) throws Exception {
        FakePlatform platform = bench().platform;
        String run = "run-" + Character.toString('a' + runs++).repeat(16);
        JobId plan = JobId.of(run + "-plan-1");
        Files.deleteIfExists(asked());
        platform.configuration(TarGz.of(files))
                .offer(with(FakePlatform.claim(plan), List.of(variables), Optional.empty()));
        run(plan);
        PhaseResult.Planned planned = (PhaseResult.Planned) platform.result(plan);
        if (planned.hasChanges()) {
            JobId apply = JobId.of(run + "-apply-1");
            platform.offer(with(FakePlatform.claim(apply), List.of(variables), Optional.of(planned.planSha256())));
            run(apply);
            assertThat(platform.result(apply)).as(platform.log(apply)).isInstanceOf(PhaseResult.Applied.class);
        }
        return Files.readAllLines(asked());
    }

    private void run(JobId job) throws InterruptedException {
        Assignment usual = bench().assignment(job);
        Assignment noting = new Assignment(
                job,
                usual.api(),
                usual.claimToken(),
                terraform.toString(),
                usual.version(),
                usual.engine(),
                usual.directory(),
                usual.cliConfigFile(),
                usual.plugins(),
                usual.place(),
                usual.handover(),
                usual.passEnvironment());
        Outcome outcome = new PhaseExecution(noting, bench().directory(job), bench().equipment, "claimant").run();
        assertThat(outcome.end()).as(bench().platform.log(job)).isEqualTo(Outcome.End.REPORTED);
    }

    private static Claim with(Claim claim, List<Claim.Variable> variables, Optional<String> planSha256) {
        return new Claim(
                claim.job(),
                claim.leaseToken(),
                claim.fence(),
                claim.heartbeatEvery(),
                claim.organization(),
                claim.workspaceName(),
                claim.engine(),
                claim.workingDirectory(),
                claim.options(),
                variables,
                claim.hasState(),
                planSha256,
                Duration.ofMinutes(2),
                claim.coolOff(),
                claim.logLimitBytes(),
                claim.enclosed());
    }

    private static Claim.Variable env(String name, String value) {
        return new Claim.Variable(name, value, "env", false, false);
    }

    private static Claim.Variable x(String value) {
        return new Claim.Variable("x", value, "terraform", false, false);
    }

    @Test
    void theSameConfigurationIsInitializedOnce() throws Exception {
        Map<String, String> files = Map.of("main.tf", TWO + MODULE, "inner/inner.tf", "output \"o\" { value = 1 }\n");

        assertThat(commandsOfRun(files)).containsExactly("init", "plan", "show", "apply");
        assertThat(commandsOfRun(files, x("2"))).containsExactly("plan", "show", "apply");
        assertThat(commandsOfRun(files, x("3"))).containsExactly("plan", "show", "apply");
    }

    @Test
    void anotherConfigurationIsInitializedAnew() throws Exception {
        Map<String, String> files = Map.of("main.tf", TWO + MODULE, "inner/inner.tf", "output \"o\" { value = 1 }\n");
        commandsOfRun(files);

        assertThat(commandsOfRun(Map.of("main.tf", TWO + MODULE, "inner/inner.tf", "output \"o\" { value = 2 }\n")))
                .startsWith("init");
        assertThat(commandsOfRun(files, env("TF_CLI_ARGS_init", "-upgrade"))).startsWith("init");
        assertThat(commandsOfRun(files, env("TF_PLUGIN_TIMEOUT", "9"))).startsWith("init");
        assertThat(commandsOfRun(files, env("OTHER", "9"))).startsWith("plan");
    }

    /** What init was free to choose may be another thing the next time. */
    @Test
    void aModuleFromElsewhereIsFetchedEachTime() throws Exception {
        Path module = Files.createDirectory(root.resolve("module"));
        Files.writeString(module.resolve("m.tf"), "output \"o\" { value = 1 }\n");
        Map<String, String> files =
                Map.of("main.tf", TWO + "module \"m\" { source = \"" + module.toRealPath() + "\" }\n");

        assertThat(commandsOfRun(files)).containsExactly("init", "plan", "show", "apply");
        assertThat(commandsOfRun(files, x("2"))).containsExactly("init", "plan", "show", "apply");
    }

    @Test
    void whatWasKeptAndBrokeIsMadeAnew() throws Exception {
        Map<String, String> files = Map.of("main.tf", TWO);
        commandsOfRun(files);
        Path kept = kept();
        Files.createDirectories(kept.resolve("providers"));
        Files.createSymbolicLink(kept.resolve("providers/gone"), root.resolve("nowhere"));

        assertThat(commandsOfRun(files, x("2"))).containsExactly("init", "plan", "show", "apply");
    }

    /** A run before could have written what the next one would run. */
    @Test
    void aModuleThatLiesElsewhereNowIsNotRun() throws Exception {
        Map<String, String> files = Map.of("main.tf", TWO + MODULE, "inner/inner.tf", "output \"o\" { value = 1 }\n");
        commandsOfRun(files);
        Path list = kept().resolve("modules/modules.json");
        String before = Files.readString(list);
        Files.writeString(list, before.replace("\"Dir\":\"inner\"", "\"Dir\":\".terraform/planted\""));
        assertThat(list).content().isNotEqualTo(before);

        assertThat(commandsOfRun(files, x("2"))).containsExactly("init", "plan", "show", "apply");
    }

    private Path kept() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("handover"))) {
            return all.filter(each -> String.valueOf(each.getFileName()).startsWith("init-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
