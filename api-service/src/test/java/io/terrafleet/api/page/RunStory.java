package io.terrafleet.api.page;

import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.assessment.Assessments;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.NewConfiguration;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.organization.OrganizationSettings;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceSettings;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.contracts.plan.Redaction;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.TarGz;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes runs through their life the way runners and judges would, without either. */
@ApplicationScoped
class RunStory {
    private static final Instant WHEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ESC = "\u001b[";

    private final Tenant tenant;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Configurations configurations;
    private final Runs runs;
    private final Logs logs;
    private final Artifacts artifacts;
    private final Assessments assessments;

    RunStory(
            Tenant tenant,
            Organizations organizations,
            Workspaces workspaces,
            Configurations configurations,
            Runs runs,
            Logs logs,
            Artifacts artifacts,
            Assessments assessments) {
        this.tenant = tenant;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.configurations = configurations;
        this.runs = runs;
        this.logs = logs;
        this.artifacts = artifacts;
        this.assessments = assessments;
    }

    Tenant.Company company(String name) {
        Tenant.Person owner = tenant.person();
        return new Tenant.Company(
                organizations.create(owner.principal(), OrganizationSettings.of(name, "ops@example.com")), owner);
    }

    Workspace workspace(Tenant.Company company, String name) {
        return workspaces.create(company.id(), WorkspaceSettings.named(name));
    }

    Tenant.Person reader(Tenant.Company company) {
        return tenant.member(company, Role.READER);
    }

    /** Somebody else who owns the company, and so may override. */
    Tenant.Person owner(Tenant.Company company) {
        return tenant.member(company, Role.OWNER);
    }

    Run find(String id) {
        return runs.find(new RunId(id)).orElseThrow();
    }

    void configure(Tenant.Company company, Workspace workspace) {
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        byte[] archive = TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }"));
        configurations.upload(promised.configuration().id(), promised.key(), new ByteArrayInputStream(archive));
    }

    Run queued(Tenant.Company company, Workspace workspace, String message) {
        return runs.create(new NewRun(
                workspace.id(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                message,
                List.of(),
                "tfe-api",
                company.owner().principal().id(),
                "mara"));
    }

    void planning(RunId run) {
        runs.claimed(new JobId(run, Phase.PLAN, 1), "1.11.4");
        log(
                run,
                Phase.PLAN,
                "Terraform v1.11.4 on linux_amd64\n" + ESC + "1mInitializing the backend..." + ESC + "0m\n");
    }

    void log(RunId run, Phase phase, String text) {
        String log = Logs.of(run, phase);
        logs.append(log, logs.length(log), text.getBytes(StandardCharsets.UTF_8), 10_000_000);
    }

    void planned(RunId run) {
        log(
                run,
                Phase.PLAN,
                "\nTerraform will perform the following actions:\n\n" + ESC + "1m  # aws_ebs_volume.data"
                        + ESC + "0m must be " + ESC + "1m" + ESC + "31mreplaced" + ESC + "0m\n" + ESC + "31m-" + ESC
                        + "0m/" + ESC
                        + "32m+" + ESC + "0m resource \"aws_ebs_volume\" \"data\" {\n      " + ESC + "33m~" + ESC
                        + "0m size = 500 -> 1000 <script>alert(1)</script>\n    }\n\n" + ESC
                        + "1mPlan:" + ESC + "0m 3 to add, 4 to change, 4 to destroy.\n");
        JobId job = new JobId(run, Phase.PLAN, 1);
        runs.accept(run, new RunInput.PlanFinished(job, outcome()));
    }

    @Transactional
    PlanOutcome outcome() {
        try (InputStream file = Objects.requireNonNull(RunStory.class.getResourceAsStream("/plans/changes.json"))) {
            byte[] json = file.readAllBytes();
            ArtifactRef document = artifacts.store(json);
            ArtifactRef redacted = artifacts.store(Json.write(Redaction.of(PlanDocument.parse(json))));
            ArtifactRef plan = artifacts.store(new byte[] {1, 2, 3});
            return new PlanOutcome(
                    plan, document, redacted, Optional.empty(), true, new PhaseResult.Counts(3, 4, 4, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PlanUnreadable e) {
            throw new IllegalStateException(e);
        }
    }

    private String planSha256(RunId run) {
        return io.terrafleet.api.run.RunView.plan(runs.find(run).orElseThrow().state())
                .orElseThrow()
                .json()
                .sha256();
    }

    void priced(RunId run) {
        List<CostDecision.Item> items = List.of(
                item(
                        "aws_db_instance.orders",
                        "aws_db_instance",
                        "update",
                        "187.25",
                        "1427.54",
                        "db.r6g.2xlarge, Multi-AZ",
                        "730",
                        "hours",
                        "1.798"),
                item(
                        "aws_instance.web[0]",
                        "aws_instance",
                        "update",
                        "74.08",
                        "296.32",
                        "m5.2xlarge, Linux",
                        "730",
                        "hours",
                        "0.384"),
                item(
                        "aws_instance.web[1]",
                        "aws_instance",
                        "update",
                        "74.08",
                        "296.32",
                        "m5.2xlarge, Linux",
                        "730",
                        "hours",
                        "0.384"),
                item("aws_ebs_volume.data", "aws_ebs_volume", "replace", "40.00", "80.00", "gp3", "1000", "GB", "0.08"),
                item(
                        "aws_instance.web[2]",
                        "aws_instance",
                        "delete",
                        "74.08",
                        "0",
                        "m5.large, Linux",
                        "0",
                        "hours",
                        "0.096"),
                item(
                        "aws_nat_gateway.b",
                        "aws_nat_gateway",
                        "create",
                        "0",
                        "32.85",
                        "NAT gateway",
                        "730",
                        "hours",
                        "0.045"),
                item(
                        "aws_nat_gateway.a",
                        "aws_nat_gateway",
                        "delete",
                        "32.85",
                        "0",
                        "NAT gateway",
                        "0",
                        "hours",
                        "0.045"));
        assessments.accept(
                "cost-" + run,
                new CostDecided(
                        run,
                        planSha256(run),
                        Verdict.BLOCK_OVERRIDABLE,
                        List.of("Budget \"shop production\": the plan adds $1,650.69 a month, $500.00 is allowed."),
                        "finished",
                        Optional.empty(),
                        new BigDecimal("482.34"),
                        new BigDecimal("2133.03"),
                        new BigDecimal("1650.69"),
                        new CostDecision.Counts(13, 7, 1, 4, 1, 0),
                        items,
                        List.of(
                                new CostDecision.BudgetOutcome(
                                        "bud-1",
                                        "shop production",
                                        true,
                                        Budget.Action.APPROVAL,
                                        "The plan adds $1,650.69 a month, $500.00 is allowed."),
                                new CostDecision.BudgetOutcome(
                                        "bud-2",
                                        "whole company",
                                        false,
                                        Budget.Action.BLOCK,
                                        "$2,133.03 of at most $20,000.00 a month.")),
                        Optional.of(LocalDate.parse("2026-09-30")),
                        WHEN));
    }

    private static CostDecision.Item item(
            String address,
            String type,
            String change,
            String prior,
            String proposed,
            String part,
            String quantity,
            String unit,
            String price) {
        return new CostDecision.Item(
                address,
                type,
                change,
                "priced",
                new BigDecimal(prior),
                new BigDecimal(proposed),
                List.of(new CostDecision.Component(
                        part, unit, new BigDecimal(quantity), new BigDecimal(price), new BigDecimal(proposed))),
                List.of());
    }

    void judged(RunId run) {
        judged(run, PolicySetRef.Terms.USUAL);
    }

    /** By a set that two people must override, none of whom has started the run. */
    void judgedForTwo(RunId run) {
        judged(
                run,
                new PolicySetRef.Terms(
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true,
                        false,
                        2,
                        false,
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
    }

    private void judged(RunId run, PolicySetRef.Terms terms) {
        PolicyDecision.Outcome open = new PolicyDecision.Outcome(
                "sg_ingress_cidr",
                "data.terrafleet.sg_ingress_cidr.deny",
                Enforcement.MANDATORY,
                "failed",
                Optional.of("Security groups admit traffic only from our own networks."),
                List.of(new PolicyDecision.Violation(
                        Optional.of("aws_security_group.old_sin"),
                        "ingress on port 22 is open to <b>0.0.0.0/0</b>; allowed are 10.0.0.0/8 and 172.16.0.0/12",
                        "fail")),
                1);
        PolicyDecision.Outcome ami = new PolicyDecision.Outcome(
                "ec2_hardened_ami",
                "data.terrafleet.ec2_hardened_ami.deny",
                Enforcement.ADVISORY,
                "failed",
                Optional.of("Instances start from an image that was hardened."),
                List.of(new PolicyDecision.Violation(
                        Optional.of("aws_launch_template.app"),
                        "image ami-0a1b2c3d4e5f60001 is not on the list",
                        "fail")),
                1);
        assessments.accept(
                "policy-" + run,
                new PolicyDecided(
                        run,
                        planSha256(run),
                        Verdict.BLOCK_OVERRIDABLE,
                        List.of("Policy sg_ingress_cidr: aws_security_group.old_sin is open to the world."),
                        List.of(new PolicyDecision.SetOutcome(
                                "polset-1",
                                "Security standards",
                                Optional.empty(),
                                List.of(passed("encryption_at_rest"), open, ami, passed("phi_access")),
                                Optional.of(terms))),
                        12,
                        WHEN));
    }

    private static PolicyDecision.Outcome passed(String name) {
        return new PolicyDecision.Outcome(
                name,
                "data.terrafleet." + name + ".deny",
                Enforcement.HARD_MANDATORY,
                "passed",
                Optional.empty(),
                List.of(),
                0);
    }

    void applying(RunId run) {
        runs.claimed(new JobId(run, Phase.APPLY, 1), "1.11.4");
        log(
                run,
                Phase.APPLY,
                "aws_nat_gateway.b: Creating...\n" + ESC + "1maws_nat_gateway.b: Still creating... [10s elapsed]" + ESC
                        + "0m\n");
    }

    void applied(RunId run) {
        log(
                run,
                Phase.APPLY,
                ESC + "1m" + ESC + "32m\nApply complete! Resources: 3 added, 4 changed, 4 destroyed." + ESC + "0m\n");
        runs.accept(
                run, new RunInput.ApplyFinished(new JobId(run, Phase.APPLY, 1), new PhaseResult.Counts(3, 4, 4, 0)));
    }
}
