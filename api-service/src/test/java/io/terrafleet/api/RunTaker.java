package io.terrafleet.api;

import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.assessment.Assessments;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.NewConfiguration;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.CostDecision.Counts;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.TarGz;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a run through its life without runners and judges: the shortest way to one that is planned, or applied. */
@ApplicationScoped
public class RunTaker {
    private static final Instant WHEN = Instant.parse("2026-11-26T10:00:00Z");

    private final Configurations configurations;
    private final Runs runs;
    private final Artifacts artifacts;
    private final Assessments assessments;

    RunTaker(Configurations configurations, Runs runs, Artifacts artifacts, Assessments assessments) {
        this.configurations = configurations;
        this.runs = runs;
        this.artifacts = artifacts;
        this.assessments = assessments;
    }

    public void configure(Tenant.Company company, Workspace workspace) {
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        byte[] archive = TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }", "README.md", "# A configuration\n"));
        configurations.upload(promised.configuration().id(), promised.key(), new ByteArrayInputStream(archive));
    }

    public RunId queued(Tenant.Company company, Workspace workspace) {
        return runs.create(NewRun.automatic(
                        workspace.id(),
                        Optional.of(false),
                        false,
                        "by test",
                        "tfe-api",
                        company.owner().principal().id(),
                        "mara"))
                .id();
    }

    public Run find(RunId run) {
        return runs.find(run).orElseThrow();
    }

    /**
     * Until its judges are asked.
     *
     * @return the hash of its plan
     */
    public String planned(RunId run) {
        JobId job = new JobId(run, Phase.PLAN, 1);
        runs.claimed(job, "1.11.4");
        PlanOutcome outcome = outcome();
        runs.accept(run, new RunInput.PlanFinished(job, outcome));
        return outcome.json().sha256();
    }

    /** Until somebody is to confirm it. */
    public void plan(RunId run) {
        plan(run, Verdict.APPROVE, List.of(), Verdict.APPROVE);
    }

    /** Until it waits for what the judges' verdicts ask for. */
    public void plan(RunId run, Verdict cost, List<BudgetOutcome> budgets, Verdict policy) {
        String sha256 = planned(run);
        price(run, sha256, cost, budgets);
        assessments.accept("policy-" + run, new PolicyDecided(run, sha256, policy, List.of(), List.of(), 1, WHEN));
    }

    /** For nothing, and approved. */
    public void price(RunId run, String sha256) {
        price(run, sha256, Verdict.APPROVE, List.of());
    }

    private void price(RunId run, String sha256, Verdict cost, List<BudgetOutcome> budgets) {
        assessments.accept(
                "cost-" + run,
                new CostDecided(
                        run,
                        sha256,
                        cost,
                        List.of(),
                        "finished",
                        Optional.empty(),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new Counts(0, 0, 0, 0, 0, 0),
                        List.of(),
                        budgets,
                        Optional.empty(),
                        WHEN));
    }

    /** From a planned one to the end. */
    public void apply(RunId run) {
        runs.wish(run, new RunInput.Confirm("mara"), "confirmed", "");
        JobId job = new JobId(run, Phase.APPLY, 1);
        runs.claimed(job, "1.11.4");
        runs.accept(run, new RunInput.ApplyFinished(job, new PhaseResult.Counts(1, 0, 0, 0)));
    }

    @Transactional
    PlanOutcome outcome() {
        ArtifactRef json = artifacts.store("{}".getBytes(StandardCharsets.UTF_8));
        return new PlanOutcome(json, json, json, Optional.empty(), true, new PhaseResult.Counts(1, 0, 0, 0));
    }
}
