package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.client.PolicyOutcome;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens every day, asked for by the API alone. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class RunJourney {
    private static final String STORE =
            """
            resource "terraform_data" "store" {
              input = { encrypted = %s }
            }
            output "encrypted" { value = terraform_data.store.output.encrypted }
            """;
    private static final String MUST_BE_ENCRYPTED =
            """
            package stores
            import rego.v1
            deny contains sprintf("%s is not encrypted", [change.address]) if {
                some change in input.plan.resource_changes
                not change.change.after.input.encrypted
            }
            """;

    @BeforeAll
    static void needsTerraform() {
        Terraform.orSkip();
    }

    @Test
    void planIsConfirmedAndApplied(Running platform) throws IOException {
        TestWorkspace workspace =
                platform.workspace(platform.organization(), "portal", Map.of("main.tf", STORE.formatted("true")));
        TestRun run = workspace.startRun();
        Run planned = run.untilConfirmable();
        assertThat(planned.hasChanges()).isTrue();
        assertThat(run.planLog()).contains("Terraform v", "1 to add");
        assertThat(planned.costEstimateId()
                        .map(platform.api()::costEstimate)
                        .orElseThrow()
                        .status())
                .isEqualTo("finished");
        run.confirm();
        run.until("applied");
        assertThat(run.applyLog()).contains("Apply complete!");
        assertThat(platform.api().outputs(workspace.id()).get("encrypted"))
                .isEqualTo(Json.mapper().readTree("true"));
        JsonNode state = Json.mapper().readTree(platform.api().state(workspace.id()));
        assertThat(state.path("resources")).hasSize(1);
    }

    @Test
    void policyBlocksUntilSomebodyOverrides(Running platform) {
        String organization = platform.organization();
        String policy = platform.api()
                .createPolicy(organization, "encrypted", "mandatory", "data.stores.deny", MUST_BE_ENCRYPTED);
        platform.api().createPolicySet(organization, "standards", Map.of("overridable", true), List.of(policy));
        TestWorkspace workspace =
                platform.workspace(organization, "portal", Map.of("main.tf", STORE.formatted("false")));

        TestRun run = workspace.startRun();
        Run blocked = run.until("policy_override");
        assertThat(blocked.isConfirmable()).isFalse();
        assertThat(platform.api().policyOutcomes(blocked))
                .filteredOn(outcome -> outcome.set().equals("standards"))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.status()).isEqualTo("failed");
                    assertThat(outcome.policy()).isEqualTo("encrypted");
                })
                .extracting(PolicyOutcome::reasons)
                .asString()
                .contains("terraform_data.store is not encrypted");

        String stage = blocked.taskStageIds().getFirst();
        platform.api().override(stage, "Accepted for the test.");
        run.untilConfirmable();
        run.confirm();
        run.until("applied");
    }

    /** A targeted plan has no estimate, which this budget does not let pass; the usage of the workspace costs 9 cents a GB. */
    @Test
    void aBudgetAsksForApprovalAndAnApplyBecomesAPointInTime(Running platform) throws Exception {
        String organization = platform.organization();
        ask(
                platform,
                "POST",
                "organizations/" + organization + "/budgets",
                "{\"data\":{\"type\":\"budgets\",\"attributes\":{\"name\":\"all\",\"maximum-monthly\":\"1000\","
                        + "\"without-estimate\":\"approval\"}}}");
        TestWorkspace workspace =
                platform.workspace(organization, "portal", Map.of("main.tf", STORE.formatted("true")));
        ask(
                platform,
                "PUT",
                "workspaces/" + workspace.id() + "/usage",
                "resource_usage:\n  aws_data_transfer.us-east-1:\n    region: us-east-1\n    monthly_outbound_internet_gb: 1000\n");

        TestRun held = workspace.startRun(Map.of("target-addrs", List.of("terraform_data.store")));
        Run blocked = held.until("policy_override");
        assertThat(platform.api()
                        .costEstimate(blocked.costEstimateId().orElseThrow())
                        .status())
                .isEqualTo("skipped_due_to_targeting");
        platform.api().act(held.id(), "discard", "");
        held.untilFinished();

        TestRun run = workspace.startRun();
        run.untilConfirmable();
        run.confirm();
        run.until("applied");
        JsonNode point = Await.value("the run's point", Duration.ofMinutes(3), () -> {
            JsonNode points = ask(platform, "GET", "workspaces/" + workspace.id() + "/costs", "")
                    .path("data");
            return points.isEmpty() ? Optional.empty() : Optional.of(points.get(0));
        });
        assertThat(point.path("id").asText()).isEqualTo(run.id());
        assertThat(new BigDecimal(point.at("/attributes/monthly-cost").asText()))
                .isPositive();
        assertThat(ask(
                                platform,
                                "GET",
                                "organizations/" + organization + "/costs/forecast?filter[group]=resource-type",
                                "")
                        .at("/data/0/attributes/group")
                        .asText())
                .isEqualTo("aws_data_transfer");
    }

    private static JsonNode ask(Running platform, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(platform.url()
                        .resolve("/api/v2/" + path.replace("[", "%5B").replace("]", "%5D")))
                .header("Authorization", "Bearer " + TestPlatform.TOKEN)
                .header("Content-Type", "application/vnd.api+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return Json.mapper().readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void cancelledApplyEndsAndKeepsWhatWasMade(Running platform) throws IOException {
        TestWorkspace workspace = platform.workspace(
                platform.organization(),
                "slow",
                Map.of(
                        "main.tf",
                        """
                resource "terraform_data" "quick" {}
                resource "terraform_data" "slow" {
                  depends_on = [terraform_data.quick]
                  provisioner "local-exec" { command = "sleep 60" }
                }
                """));
        TestRun run = workspace.startRun();
        run.untilConfirmable();
        run.confirm();
        run.until("applying");
        Await.until("the slow resource to begin", Duration.ofMinutes(3), () -> run.applyLog()
                .contains("terraform_data.slow: Creating"));
        run.cancel();
        assertThat(run.untilFinished().status()).isEqualTo("canceled");
        JsonNode state = Json.mapper().readTree(platform.api().state(workspace.id()));
        assertThat(state.path("resources").findValuesAsText("name")).contains("quick");

        TestRun next = workspace.startRun();
        next.untilConfirmable();
        next.cancel();
        assertThat(next.untilFinished().status()).isIn("canceled", "discarded");
    }

    @Test
    void brokenConfigurationEndsTheRunWithTerraformsOwnWords(Running platform) {
        TestWorkspace workspace = platform.workspace(
                platform.organization(), "broken", Map.of("main.tf", "output \"x\" { value = nowhere.at.all }\n"));
        TestRun run = workspace.startRun();
        assertThat(run.untilFinished().status()).isEqualTo("errored");
        assertThat(run.planLog()).contains("undeclared resource");
    }
}
