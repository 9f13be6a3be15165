package io.terrafleet.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.CostEstimate;
import io.terrafleet.standalone.client.PolicyOutcome;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.LocalTerraform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Acts one and two: a stack is planned, judged and applied; then a change to it is blocked by a policy. */
final class PortalActs {
    static final String WORKSPACE = "patient-portal";
    private static final String POLICY = "data-stores-are-private";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> PORTAL = List.of("portal/main.tf", "portal/stores.tf");
    private static final List<String> CHANGE = List.of("portal/main.tf", "change/stores.tf");

    private final Stage stage;
    private final TfeClient api;
    private final Screen screen;

    PortalActs(Stage stage) {
        this.stage = stage;
        this.api = stage.api();
        this.screen = stage.screen();
    }

    void play() {
        screen.title("Act one: a patient portal is planned, priced, judged and applied");
        String policy = api.createPolicy(
                stage.organization(),
                POLICY,
                "mandatory",
                "data.demo.data_stores.deny",
                Configuration.text("policies/data_stores.rego"));
        api.createPolicySet(
                stage.organization(),
                "house-standards",
                Map.of("overridable", true, "description", "What every team of the house keeps to."),
                List.of(policy));
        String workspace = api.createWorkspace(
                stage.organization(),
                WORKSPACE,
                Map.of(
                        "auto-apply", false,
                        "structured-run-output-enabled", false,
                        "terraform-version", LocalTerraform.versionForWorkspace()));
        screen.fact("policy", "every data store is encrypted and none is public");
        applied(workspace);
        screen.title("Act two: somebody is in a hurry, and the policy blocks the change");
        blocked(workspace);
    }

    private void applied(String workspace) {
        Run run = start(workspace, PORTAL, "The patient portal");
        Following following = new Following(api, screen);
        Run planned = following.until(run.id(), "ready to be confirmed", PATIENCE, Run::isConfirmable);
        Optional<CostEstimate> cost = stage.tellCost(planned);
        List<PolicyOutcome> verdicts = stage.tellVerdicts(planned);
        screen.fact("confirm", "a person says yes");
        api.act(run.id(), "apply", "Looks right.");
        Run applied = following.until(run.id(), "applied", PATIENCE, Run::isFinal);
        Map<String, JsonNode> outputs = api.outputs(workspace);
        outputs.forEach(
                (name, value) -> screen.fact("output", name + " = " + (value.isNull() ? "(sensitive)" : value)));
        stage.note("apply", WORKSPACE, applied, cost, verdicts, outputs, following.logBytes());
        stage.promise(applied.status().equals("applied"), "the run is applied; it is " + applied.status());
        stage.promise(
                cost.map(CostEstimate::status).filter("finished"::equals).isPresent(), "the plan has a cost estimate");
        stage.promise(
                verdicts.stream().anyMatch(outcome -> outcome.policy().equals(POLICY))
                        && verdicts.stream()
                                .allMatch(outcome -> outcome.status().equals("passed")),
                "the policy passes");
        stage.promise(outputs.containsKey("portal_url"), "the state has the output portal_url");
        stage.promise(
                outputs.containsKey("records_login")
                        && outputs.get("records_login").isNull(),
                "the sensitive output records_login is there and not told");
    }

    private void blocked(String workspace) {
        Run run = start(workspace, CHANGE, "Documents for everybody, quickly");
        Following following = new Following(api, screen);
        Run judged = following.until(
                run.id(),
                "judged",
                PATIENCE,
                seen -> seen.status().equals("policy_override") || seen.isConfirmable() || seen.isFinal());
        Optional<CostEstimate> cost = stage.tellCost(judged);
        List<PolicyOutcome> verdicts = stage.tellVerdicts(judged);
        boolean blocked = judged.status().equals("policy_override");
        stage.promise(blocked, "the change is blocked by the policy; the run is " + judged.status());
        long reasons = verdicts.stream()
                .filter(outcome ->
                        outcome.policy().equals(POLICY) && outcome.status().equals("failed"))
                .flatMap(outcome -> outcome.reasons().stream())
                .filter(reason -> reason.contains("not encrypted") || reason.contains("open to the public"))
                .count();
        stage.promise(reasons == 2, "the policy gives two reasons; it gives " + reasons);
        Run over = judged;
        if (blocked) {
            screen.fact(
                    "blocked", "nothing is applied; whoever may override policies could, here the change is discarded");
            api.act(run.id(), "discard", "Not like this.");
            over = following.until(run.id(), "discarded", PATIENCE, Run::isFinal);
            stage.promise(over.status().equals("discarded"), "the run is discarded; it is " + over.status());
        }
        stage.note("blocked", WORKSPACE, over, cost, verdicts, Map.of(), following.logBytes());
    }

    private Run start(String workspace, List<String> files, String message) {
        String configuration =
                api.uploadConfiguration(workspace, Configuration.shipped(files).tarGz(), false);
        Run run = api.startRun(workspace, configuration, Map.of("message", message, "auto-apply", false));
        screen.fact("run", stage.runUrl(WORKSPACE, run.id()));
        return run;
    }
}
