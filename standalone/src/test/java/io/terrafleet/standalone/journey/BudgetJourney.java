package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.ProviderMirror;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real AWS plan costs is held against budgets: one warns, one asks its approvers, one blocks; and what was applied is counted. */
@ExtendWith(CliPlatform.class)
class BudgetJourney {
    private static final String ORGANIZATION = "spending";
    private static final String WORKSPACE = "boards";

    @Test
    void budgetsWarnAskTheirApproversAndBlock(Running platform) throws Exception {
        Optional<Path> mirror = ProviderMirror.withAws(System.getenv());
        Assumptions.assumeTrue(mirror.isPresent(), "skipped: provider absent; no mirror of hashicorp/aws found");
        TfeClient api = platform.api();
        api.createOrganization(ORGANIZATION);
        CliCalls calls = platform.calls();
        String project = calls.send("GET", "organizations/" + ORGANIZATION + "/projects", Map.of())
                .path("data")
                .path(0)
                .path("id")
                .asText();
        String finance = api.createTeam(ORGANIZATION, "finance", Map.of());
        String builders = api.createTeam(ORGANIZATION, "builders", Map.of());
        api.giveProject(finance, project, "read");
        api.giveProject(builders, project, "write");
        budget(calls, Map.of("name", "watch", "maximum-increase", "1", "action", "warn"), Map.of());
        budget(
                calls,
                Map.of("name", "month", "maximum-monthly", "5", "action", "approval"),
                Map.of(
                        "project",
                        one("projects", project),
                        "approver-teams",
                        Map.of("data", List.of(Map.of("type", "teams", "id", finance)))));
        budget(calls, Map.of("name", "ceiling", "maximum-monthly", "20", "action", "block"), Map.of());
        try (CloudWatch cloud = new CloudWatch();
                TfeClient forFinance = new TfeClient(platform.url(), api.createTeamToken(finance));
                TfeClient forBuilders = new TfeClient(platform.url(), api.createTeamToken(builders))) {
            Cli cli = platform.cli(mirror.orElseThrow());
            String workspace = warns(cli, cloud, platform);
            String run = asks(cli, platform, workspace, held -> isApproved(held, platform, forFinance, forBuilders));
            assertThat(cloud.dashboards()).hasSize(3);
            blocks(cli, api, workspace);
            assertThat(cloud.dashboards()).hasSize(3);
            isCounted(platform, workspace, run);
        }
    }

    private static String warns(Cli cli, CloudWatch cloud, Running platform) throws Exception {
        cli.write("main.tf", configuration(cloud));
        cli.does("init", "-no-color");
        assertThat(cli.does("apply", "-no-color", "-auto-approve"))
                .contains("Cost Estimation:", "Resources: 1 of 1 estimated", "$3.00/mo +$3.00")
                .contains(
                        "the monthly cost would rise by $3.00, $2.00 more than the $1.00 it allows. This is a warning only.")
                .contains("Apply complete! Resources: 1 added");
        String workspace = workspace(platform.calls());
        return workspace;
    }

    /** What somebody else does while the command waits at its question. */
    @FunctionalInterface
    private interface Meanwhile {
        void on(String run) throws Exception;
    }

    /** @return the run, applied after its approvers have agreed somewhere else */
    private static String asks(Cli cli, Running platform, String workspace, Meanwhile approved) throws Exception {
        Screen screen = cli.starts("apply", "-no-color", "-var", "boards=3").until("Do you want to override");
        assertThat(screen.text())
                .contains(
                        "Overall Result: FAILED", "budgets", "$4.00 over its limit of $5.00. Somebody has to approve.");
        TfeClient api = platform.api();
        Run held = new TestRun(api, api.runs(workspace).getFirst().id()).until("policy_override");
        assertThat(held.reasons())
                .contains(
                        "Budget \"month\" of the project is exceeded: the monthly cost would be $9.00, $4.00 over its limit of $5.00. Somebody has to approve.");
        assertThat(held.waitingFor()).contains("waiting for somebody who may override");
        approved.on(held.id());
        assertThat(screen.until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("$9.00/mo +$6.00", "Apply complete! Resources: 2 added");
        return held.id();
    }

    private static void isApproved(String id, Running platform, TfeClient forFinance, TfeClient forBuilders)
            throws Exception {
        String stage = platform.api().run(id).taskStageIds().getFirst();
        assertThatThrownBy(() -> forBuilders.act(id, "apply", "we want it"))
                .isInstanceOf(ApiFailure.class)
                .hasMessageContaining("must be overridden before it can be applied");
        assertThatThrownBy(() -> forBuilders.override(stage, "we want it"))
                .isInstanceOf(ApiFailure.class)
                .hasMessageContaining("You are none of the approvers of budget \"month\"");
        assertThatThrownBy(() -> forFinance.override(stage, ""))
                .isInstanceOf(ApiFailure.class)
                .hasMessageContaining("approved with a comment that gives the reason");
        URI page = platform.url().resolve("/app/" + ORGANIZATION + "/" + WORKSPACE + "/runs/" + id);
        try (Browser browser = new Browser()) {
            assertThat(browser.signIn(page, TestPlatform.TOKEN).body())
                    .contains("Over budget", "Exceeded, needs override", "Exceeded, warns", "$4.00 over its limit")
                    .contains("/runs/" + id + "/actions/override");
            forFinance.override(stage, "Paid from the fourth quarter.");
            new TestRun(platform.api(), id).untilConfirmable();
            assertThat(browser.open(page).body()).contains("Approved by team finance: Paid from the fourth quarter.");
        }
        JsonNode trail =
                platform.calls().send("GET", "organization/audit-trail?organization=" + ORGANIZATION, Map.of());
        assertThat(trail.path("data")).as("the audit trail").anySatisfy(entry -> assertThat(entry.toString())
                .contains("team finance", "overridden", "Paid from the fourth quarter."));
    }

    private static void blocks(Cli cli, TfeClient api, String workspace) throws Exception {
        assertThat(cli.fails("apply", "-no-color", "-auto-approve", "-var", "boards=10"))
                .contains("Overall Result: FAILED", "$10.00 over its limit of $20.00. The budget blocks it.")
                .doesNotContain("Apply complete!");
        Run blocked = new TestRun(api, api.runs(workspace).getFirst().id()).untilFinished();
        assertThat(blocked.status()).isEqualTo("errored");
        assertThat(blocked.reasons())
                .contains(
                        "Budget \"ceiling\" of the organization is exceeded: the monthly cost would be $30.00, $10.00 over its limit of $20.00. The budget blocks it.");
    }

    private static void isCounted(Running platform, String workspace, String run) throws Exception {
        CliCalls calls = platform.calls();
        Await.until("both applies to be points in time", Duration.ofMinutes(3), () -> {
            JsonNode points = look(calls, "workspaces/" + workspace + "/costs").path("data");
            return points.size() == 2
                    && points.path(0)
                            .path("attributes")
                            .path("monthly-cost")
                            .asText()
                            .equals("9.00");
        });
        JsonNode latest = look(calls, "organizations/" + ORGANIZATION + "/costs/changes")
                .path("data")
                .path(0);
        assertThat(latest.path("attributes").path("difference").asText()).isEqualTo("6.00");
        assertThat(latest.path("relationships")
                        .path("run")
                        .path("data")
                        .path("id")
                        .asText())
                .isEqualTo(run);
        assertThat(look(calls, "organizations/" + ORGANIZATION + "/costs/movers")
                        .toString())
                .contains("9.00");
        assertThat(look(calls, "organizations/" + ORGANIZATION + "/costs/forecast")
                        .path("data")
                        .path(0)
                        .path("attributes")
                        .path("month")
                        .asText())
                .matches("[0-9]+\\.[0-9]{2}");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest metrics =
                    HttpRequest.newBuilder(platform.url().resolve("/q/metrics")).build();
            Await.until("the project's gauge", Duration.ofMinutes(3), () -> {
                try {
                    return http.send(metrics, BodyHandlers.ofString())
                            .body()
                            .contains("terrafleet_cost_project_monthly{currency=\"USD\",organization=\"" + ORGANIZATION
                                    + "\",project=\"Default Project\"} 9.0");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            });
        }
    }

    private static JsonNode look(CliCalls calls, String path) {
        try {
            return calls.send("GET", path, Map.of());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String workspace(CliCalls calls) {
        return look(calls, "organizations/" + ORGANIZATION + "/workspaces/" + WORKSPACE)
                .path("data")
                .path("id")
                .asText();
    }

    private static void budget(CliCalls calls, Map<String, Object> attributes, Map<String, Object> relationships)
            throws Exception {
        calls.send(
                "POST",
                "organizations/" + ORGANIZATION + "/budgets",
                Map.of("data", Map.of("type", "budgets", "attributes", attributes, "relationships", relationships)));
    }

    private static Map<String, Object> one(String type, String id) {
        return Map.of("data", Map.of("type", type, "id", id));
    }

    /** How many boards there are is said with each run: what init made, of 700 MB, is kept for a run of the same configuration. */
    private static String configuration(CloudWatch cloud) {
        return CliSample.cloud("name = \"" + WORKSPACE + "\"").replace("\"acme\"", "\"" + ORGANIZATION + "\"")
                + """
                provider "aws" {
                  region                      = "us-east-1"
                  access_key                  = "journey"
                  secret_key                  = "journey"
                  skip_credentials_validation = true
                  skip_metadata_api_check     = true
                  skip_requesting_account_id  = true
                  skip_region_validation      = true
                  endpoints {
                    cloudwatch = "%s"
                  }
                }
                variable "boards" { default = 1 }
                resource "aws_cloudwatch_dashboard" "board" {
                  count          = var.boards
                  dashboard_name = "board-${count.index}"
                  dashboard_body = jsonencode({ widgets = [] })
                }
                """
                        .formatted(cloud.url());
    }
}
