package io.terrafleet.standalone.demo;

import io.terrafleet.standalone.client.CostEstimate;
import io.terrafleet.standalone.client.PolicyOutcome;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.LocalTerraform;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Act three: a real AWS configuration, planned without an account, priced, and judged by the four security standards. */
final class AwsAct {
    private static final String WORKSPACE = "clinic-records";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> FILES = List.of("aws/main.tf", "aws/provider.tf");
    private static final List<String> STANDARDS =
            List.of("sg_ingress_cidr", "encryption_at_rest", "ec2_hardened_ami", "phi_access");

    /** What the standards must know of the house. */
    private static final Map<String, Object> CLINIC = Map.of(
            "allowed_amis", List.of("ami-0a1b2c3d4e5f60718"),
            "phi_resources",
                    Map.of(
                            "arns", List.of("arn:aws:s3:::clinic-phi-records", "arn:aws:s3:::clinic-phi-records/*"),
                            "tag", Map.of("data_classification", "phi"),
                            "approval_tags", List.of("phi_access_approved_by", "phi_access_ticket")));

    private final Stage stage;
    private final TfeClient api;
    private final Screen screen;

    AwsAct(Stage stage) {
        this.stage = stage;
        this.api = stage.api();
        this.screen = stage.screen();
    }

    void play() {
        screen.title("Act three: a real AWS configuration is planned, priced and held against four security standards");
        screen.line("  Nothing is sent to AWS; the provider itself may be downloaded first.");
        String standards = api.policySet(stage.organization(), "security-standards");
        CLINIC.forEach((key, value) -> api.setParameter(standards, key, value));
        String workspace = api.createWorkspace(
                stage.organization(),
                WORKSPACE,
                Map.of(
                        "auto-apply", false,
                        "structured-run-output-enabled", false,
                        "terraform-version", LocalTerraform.versionForWorkspace()));
        String configuration =
                api.uploadConfiguration(workspace, Configuration.shipped(FILES).tarGz(), true);
        Run run = api.startRun(workspace, configuration, Map.of("message", "Records service", "plan-only", true));
        screen.fact("run", stage.runUrl(WORKSPACE, run.id()));
        Following following = new Following(api, screen);
        Run judged = following.until(run.id(), "judged", PATIENCE, Run::isFinal);
        Optional<CostEstimate> cost = stage.tellCost(judged);
        List<PolicyOutcome> verdicts = stage.tellVerdicts(judged);
        stage.note("aws", WORKSPACE, judged, cost, verdicts, Map.of(), following.logBytes());
        stage.promise(
                cost.map(estimate -> new BigDecimal(estimate.proposedMonthly()).signum() > 0)
                        .orElse(false),
                "the plan has a price");
        for (String standard : STANDARDS) {
            stage.promise(
                    verdicts.stream()
                            .anyMatch(outcome -> outcome.policy().equals(standard)
                                    && outcome.status().equals("failed")
                                    && !outcome.reasons().isEmpty()),
                    "the standard " + standard + " objects and says why");
        }
    }
}
