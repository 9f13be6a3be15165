package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseExecutionIT {
    private static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");
    private static final JobId APPLY = JobId.of("run-aaaaaaaaaaaaaaaa-apply-1");
    private static final String TWO =
            """
            terraform {
              cloud {
                organization = "elsewhere"
                workspaces { name = "elsewhere" }
              }
            }
            resource "terraform_data" "a" { input = "hello" }
            resource "terraform_data" "b" { input = terraform_data.a.id }
            output "said" { value = terraform_data.a.output }
            """;
    private static final String SLOW =
            """
            resource "terraform_data" "first" { input = "done" }
            resource "terraform_data" "slow" {
              depends_on = [terraform_data.first]
              provisioner "local-exec" { command = "echo sleeping; sleep 30" }
            }
            """;

    @TempDir
    Path root = Path.of("");

    @org.jspecify.annotations.Nullable
    RunnerBench made;

    @BeforeEach
    void begin() throws Exception {
        made = new RunnerBench(root);
    }

    @AfterEach
    void end() {
        bench().close();
    }

    private RunnerBench bench() {
        return java.util.Objects.requireNonNull(made);
    }

    private static byte[] main(String text) {
        return TarGz.of(Map.of("main.tf", text));
    }

    private static void until(BooleanSupplier condition) {
        Await.until("the runner to come so far", Duration.ofSeconds(60), condition);
    }

    private PhaseResult.Planned planned(String configuration, List<Claim.Variable> variables) throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(main(configuration)).offer(with(FakePlatform.claim(PLAN), variables));
        Outcome outcome = bench().run(PLAN);
        assertThat(outcome.end()).as(platform.log(PLAN)).isEqualTo(Outcome.End.REPORTED);
        assertThat(platform.result(PLAN)).as(platform.log(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        return (PhaseResult.Planned) platform.result(PLAN);
    }

    private static Claim with(Claim claim, List<Claim.Variable> variables) {
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
                claim.planSha256(),
                claim.timeout(),
                claim.coolOff(),
                claim.logLimitBytes(),
                claim.enclosed());
    }

    private static Claim applying(String planSha256, Duration timeout, Duration coolOff) {
        Claim claim = FakePlatform.claim(APPLY);
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
                claim.variables(),
                claim.hasState(),
                Optional.of(planSha256),
                timeout,
                coolOff,
                claim.logLimitBytes(),
                claim.enclosed());
    }

    private static Claim applying(PhaseResult.Planned planned) {
        return applying(planned.planSha256(), Duration.ofMinutes(2), Duration.ofSeconds(5));
    }

    @Test
    void plansAndApplies() throws Exception {
        FakePlatform platform = bench().platform;
        PhaseResult.Planned planned = planned(TWO, List.of());

        assertThat(planned.hasChanges()).isTrue();
        assertThat(planned.counts()).isEqualTo(new PhaseResult.Counts(2, 0, 0, 0));
        assertThat(FakePlatform.sha256(platform.artifact(RunArtifact.PLAN).orElseThrow()))
                .isEqualTo(planned.planSha256());
        assertThat(FakePlatform.sha256(platform.artifact(RunArtifact.PLAN_JSON).orElseThrow()))
                .isEqualTo(planned.planJsonSha256());
        assertThat(platform.log(PLAN))
                .startsWith("Terraform v1.11.4\non linux_amd64\nInitializing plugins and modules...\n")
                .contains("2 to add, 0 to change, 0 to destroy")
                .doesNotContain(root.toString());

        platform.offer(applying(planned));
        Outcome outcome = bench().run(APPLY);

        assertThat(outcome.end()).isEqualTo(Outcome.End.REPORTED);
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Applied(new PhaseResult.Counts(2, 0, 0, 0)));
        assertThat(platform.log(APPLY)).contains("Apply complete!");
        String last = platform.states().getLast();
        assertThat(Json.mapper().readTree(last).path("resources").size()).isEqualTo(2);
        assertThat(bench().directory(APPLY).root().toFile().list()).containsExactly("outcome.json");
    }

    @Test
    void structuredOutputIsJsonAndThePlanBringsItsSchemas() throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(main(TWO)).offer(structured(FakePlatform.claim(PLAN)));
        bench().run(PLAN);

        assertThat(platform.log(PLAN))
                .startsWith("Terraform v1.11.4\non linux_amd64\nInitializing plugins and modules...\n{\"@level\":")
                .contains("\"type\":\"change_summary\"");
        JsonNode shown = Json.mapper()
                .readTree(platform.artifact(RunArtifact.PLAN_JSON_REDACTED).orElseThrow());
        assertThat(shown.path("plan_format_version").asText()).startsWith("1.");
        assertThat(shown.path("provider_format_version").asText()).isEqualTo("1.0");
        JsonNode provider = shown.path("provider_schemas").path("terraform.io/builtin/terraform");
        assertThat(provider.path("resource_schemas").has("terraform_data")).isTrue();
        assertThat(provider.has("data_source_schemas"))
                .as("only what the plan mentions")
                .isFalse();

        PhaseResult.Planned planned = (PhaseResult.Planned) platform.result(PLAN);
        platform.offer(structured(applying(planned)));
        bench().run(APPLY);
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Applied(new PhaseResult.Counts(2, 0, 0, 0)));
        assertThat(platform.log(APPLY)).contains("\"type\":\"apply_complete\"");
    }

    @Test
    void aStructuredErrorIsNamedInTheResult() throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(main("output \"x\" { value = nowhere.at.all }"))
                .offer(structured(FakePlatform.claim(PLAN)));
        bench().run(PLAN);
        assertThat(platform.result(PLAN))
                .isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> assertThat(failed.message())
                        .isEqualTo("terraform plan failed (exit code 1): Reference to undeclared resource"));
    }

    private static Claim structured(Claim claim) {
        Claim.Options options = claim.options();
        return new Claim(
                claim.job(),
                claim.leaseToken(),
                claim.fence(),
                claim.heartbeatEvery(),
                claim.organization(),
                claim.workspaceName(),
                claim.engine(),
                claim.workingDirectory(),
                new Claim.Options(
                        options.destroy(),
                        options.refresh(),
                        options.refreshOnly(),
                        options.targetAddrs(),
                        options.replaceAddrs(),
                        options.allowEmptyApply(),
                        true),
                claim.variables(),
                claim.hasState(),
                claim.planSha256(),
                claim.timeout(),
                claim.coolOff(),
                claim.logLimitBytes(),
                claim.enclosed());
    }

    @Test
    void shipsStateWhileItApplies() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(SLOW, List.of())));
        CompletableFuture<Outcome> running = bench().begin(APPLY);

        until(() -> !platform.states().isEmpty() && platform.states().getLast().contains("\"name\": \"first\""));
        assertThat(running).isNotDone();

        platform.order(HeartbeatAnswer.Order.INTERRUPT);
        assertThat(running.get(60, TimeUnit.SECONDS).end()).isEqualTo(Outcome.End.REPORTED);
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
        assertThat(platform.log(APPLY)).contains("Interrupt received").doesNotContain("Two interrupts");
        assertThat(platform.states().getLast()).contains("\"status\": \"tainted\"");
    }

    @Test
    void killsWhatDoesNotObey() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(SLOW, List.of())));
        CompletableFuture<Outcome> running = bench().begin(APPLY);
        until(() -> platform.log(APPLY).contains("sleeping"));

        platform.order(HeartbeatAnswer.Order.KILL);

        running.get(60, TimeUnit.SECONDS);
        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(true, true));
        assertThat(platform.states().getLast()).contains("\"name\": \"first\"");
    }

    @Test
    void interruptsWhatTakesTooLong() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(SLOW, List.of()).planSha256(), Duration.ofSeconds(2), Duration.ofSeconds(5)));

        bench().run(APPLY);

        assertThat(platform.result(APPLY)).isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> {
            assertThat(failed.message()).isEqualTo("apply took longer than 2 s and was stopped");
            assertThat(failed.stateShipped()).isTrue();
        });
    }

    @Test
    void saysWhyAPlanFailed() throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(main("resource \"terraform_data\" \"a\" { input = local.nowhere }"))
                .offer(FakePlatform.claim(PLAN));

        bench().run(PLAN);

        assertThat(platform.result(PLAN)).isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> {
            assertThat(failed.message())
                    .isEqualTo("terraform plan failed (exit code 1): Reference to undeclared local value");
            assertThat(failed.exitCode()).contains(1);
        });
        assertThat(platform.log(PLAN)).contains("Reference to undeclared local value");
    }

    @Test
    void showsTheOutputOfAFailedInit() throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(main("module \"m\" { source = \"./nowhere\" }")).offer(FakePlatform.claim(PLAN));

        bench().run(PLAN);

        assertThat(platform.result(PLAN))
                .isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> assertThat(failed.message())
                        .startsWith("terraform init failed (exit code 1): Unreadable module directory"));
        assertThat(platform.log(PLAN)).contains("Unreadable module directory");
    }

    @Test
    void hidesSensitiveValuesAndPassesVariables() throws Exception {
        String secret = "tr\"icky ${x} %{y} \\ pass";
        String configuration =
                """
                variable "plain" { type = string }
                variable "secret" { type = string }
                variable "list" { type = list(string) }
                resource "terraform_data" "a" {
                  input = { plain = var.plain, secret = var.secret, list = var.list }
                }
                resource "terraform_data" "b" { input = "x-${var.secret}-y" }
                """;
        TarGz archive = new TarGz()
                .file("main.tf", configuration)
                .file("terraform.tfvars", "plain = \"from tfvars\"\n")
                .file("x.auto.tfvars", "plain = \"from auto tfvars\"\nsecret = \"none\"\n");
        FakePlatform platform = bench().platform;
        platform.configuration(archive.bytes())
                .offer(with(
                        FakePlatform.claim(PLAN),
                        List.of(
                                new Claim.Variable("plain", "from the workspace", "terraform", false, false),
                                new Claim.Variable("secret", secret, "terraform", false, true),
                                new Claim.Variable("list", "[\"one\", \"hidden-two\"]", "terraform", true, true),
                                new Claim.Variable("TF_LOG_PATH", "/dev/null", "env", false, false))));

        bench().run(PLAN);

        assertThat(platform.result(PLAN)).as(platform.log(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(platform.log(PLAN)).contains("from the workspace").contains("(sensitive value)");
        assertThat(platform.log(PLAN)).doesNotContain("icky").doesNotContain("hidden-two");
        String redacted =
                new String(platform.artifact(RunArtifact.PLAN_JSON_REDACTED).orElseThrow(), StandardCharsets.UTF_8);
        assertThat(redacted)
                .contains("from the workspace")
                .doesNotContain("icky")
                .doesNotContain("hidden-two");
        String whole = Json.mapper()
                .readTree(platform.artifact(RunArtifact.PLAN_JSON).orElseThrow())
                .at("/variables/secret/value")
                .asText();
        assertThat(whole).isEqualTo(secret);
    }

    @Test
    void carriesFilesOfThePlanIntoTheApply() throws Exception {
        FakePlatform platform = bench().platform;
        PhaseResult.Planned planned = planned(
                """
                resource "terraform_data" "a" {
                  input = "x"
                  provisioner "local-exec" { command = "cat made-later.txt" }
                }
                """,
                List.of());
        platform.artifact(
                RunArtifact.WORKDIR,
                new TarGz().file("made-later.txt", "carried over").bytes());
        platform.offer(applying(planned));

        bench().run(APPLY);

        assertThat(platform.log(APPLY)).contains("carried over");
        assertThat(platform.result(APPLY)).isInstanceOf(PhaseResult.Applied.class);
    }

    @Test
    void refusesAPlanThatIsNotTheApprovedOne() throws Exception {
        FakePlatform platform = bench().platform;
        planned(TWO, List.of());
        platform.offer(applying("0".repeat(64), Duration.ofMinutes(1), Duration.ofSeconds(5)));

        bench().run(APPLY);

        assertThat(platform.result(APPLY))
                .isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> assertThat(failed.message())
                        .contains("not the one that was approved"));
        assertThat(platform.states()).isEmpty();
    }

    @Test
    void keepsStateThatThePlatformRefuses() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(TWO, List.of())));
        platform.refuseState(413);

        Outcome outcome = bench().run(APPLY);

        assertThat(platform.result(APPLY)).isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> {
            assertThat(failed.stateShipped()).isFalse();
            assertThat(failed.message())
                    .contains("kept in " + bench().directory(APPLY).state());
        });
        assertThat(outcome.keptState()).isPresent();
        assertThat(bench().directory(APPLY).stateFile()).content().contains("terraform_data");
        assertThat(bench().directory(APPLY).claim()).doesNotExist();
    }

    @Test
    void anotherOnesJobIsLeftAlone() throws Exception {
        bench().platform.offer(FakePlatform.claim(PLAN)).configuration(main(TWO));
        bench().run(PLAN);

        Outcome second = bench().execution(PLAN, "claimant-2").run();

        assertThat(second.end()).isEqualTo(Outcome.End.NOT_OURS);
    }

    @Test
    void anUnwantedJobIsLeftAlone() throws Exception {
        assertThat(bench().run(PLAN).end()).isEqualTo(Outcome.End.UNWANTED);
    }

    @Test
    void aLostClaimAnswerIsAskedForAgain() throws Exception {
        bench().platform.loseClaimAnswers(2);
        assertThat(planned(TWO, List.of()).hasChanges()).isTrue();
    }

    @Test
    void aLostLogAnswerRepeatsNothing() throws Exception {
        bench().platform.wrongLogOffsets(2);
        planned(TWO, List.of());
        assertThat(bench().platform.log(PLAN))
                .containsOnlyOnce("Initializing plugins")
                .containsOnlyOnce("2 to add");
    }

    @Test
    void survivesARestartOfThePlatform() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(
                """
                resource "terraform_data" "a" {
                  input = "x"
                  provisioner "local-exec" { command = "echo one; sleep 2; echo two" }
                }
                """,
                List.of())));
        CompletableFuture<Outcome> running = bench().begin(APPLY);
        until(() -> platform.log(APPLY).contains("one"));
        platform.stop();
        TimeUnit.MILLISECONDS.sleep(2500);
        platform.restart();

        assertThat(running.get(60, TimeUnit.SECONDS).end()).isEqualTo(Outcome.End.REPORTED);
        assertThat(platform.result(APPLY)).isInstanceOf(PhaseResult.Applied.class);
        assertThat(platform.log(APPLY))
                .contains("two")
                .contains("Apply complete!")
                .containsOnlyOnce("Initializing");
        assertThat(platform.states().getLast()).contains("terraform_data");
    }

    @Test
    void stopsAtOnceWhenItIsGivenUp() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(SLOW, List.of())));
        CompletableFuture<Outcome> running = bench().begin(APPLY);
        until(() -> platform.states().stream().anyMatch(state -> state.contains("\"first\"")));

        platform.fence(410);

        Outcome outcome = running.get(60, TimeUnit.SECONDS);
        assertThat(outcome.end()).isEqualTo(Outcome.End.FENCED);
        assertThat(platform.hasResult(APPLY)).isFalse();
    }

    @Test
    void aStoppedRunnerInterruptsAndReports() throws Exception {
        FakePlatform platform = bench().platform;
        platform.offer(applying(planned(SLOW, List.of())));
        PhaseExecution execution = bench().execution(APPLY, "claimant-1");
        Thread stopper = Thread.ofVirtual().start(() -> {
            until(() -> platform.log(APPLY).contains("sleeping"));
            execution.stop();
        });

        execution.run();
        stopper.join();

        assertThat(platform.result(APPLY)).isEqualTo(new PhaseResult.Interrupted(false, true));
    }

    @Test
    void hostileArchivesAreRefusedWithAReason() throws Exception {
        FakePlatform platform = bench().platform;
        platform.configuration(new TarGz().file("../outside.tf", "").bytes()).offer(FakePlatform.claim(PLAN));

        bench().run(PLAN);

        assertThat(platform.result(PLAN))
                .isInstanceOfSatisfying(PhaseResult.Failed.class, failed -> assertThat(failed.message())
                        .isEqualTo("\"../outside.tf\" leaves the configuration"));
        assertThat(root.resolve("outside.tf")).doesNotExist();
    }
}
