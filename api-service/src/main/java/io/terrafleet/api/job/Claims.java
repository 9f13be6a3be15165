package io.terrafleet.api.job;

import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.identity.Workload;
import io.terrafleet.api.identity.WorkloadTokens;
import io.terrafleet.api.organization.OrganizationLimits;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunConfig;
import io.terrafleet.api.run.RunOptions;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.setting.General;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.api.sshkey.SshKeys;
import io.terrafleet.api.state.StateVersion;
import io.terrafleet.api.variable.Variables;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.Enclosed;
import io.terrafleet.contracts.runner.RunArtifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gathers what a phase needs. */
@ApplicationScoped
class Claims {
    private final Workspaces workspaces;
    private final Variables variables;
    private final SshKeys sshKeys;
    private final PhaseStates states;
    private final Configurations configurations;
    private final Artifacts artifacts;
    private final Runs runs;
    private final WorkloadTokens identities;
    private final Organizations organizations;
    private final Settings settings;
    private final RunConfig runConfig;
    private final JobConfig jobConfig;

    Claims(
            Workspaces workspaces,
            Variables variables,
            SshKeys sshKeys,
            PhaseStates states,
            Configurations configurations,
            Artifacts artifacts,
            Runs runs,
            WorkloadTokens identities,
            Organizations organizations,
            Settings settings,
            RunConfig runConfig,
            JobConfig jobConfig) {
        this.workspaces = workspaces;
        this.variables = variables;
        this.sshKeys = sshKeys;
        this.states = states;
        this.configurations = configurations;
        this.artifacts = artifacts;
        this.runs = runs;
        this.identities = identities;
        this.organizations = organizations;
        this.settings = settings;
        this.runConfig = runConfig;
        this.jobConfig = jobConfig;
    }

    /** A stranger's commit, which somebody let be planned, gets nothing that would be worth stealing. */
    Claim answer(Run run, JobId job, String leaseToken, long fence) {
        Workspace workspace = workspaces.find(run.workspace()).orElseThrow(Problem::notFound);
        RunOptions options = run.options();
        boolean planning = job.phase() == Phase.PLAN;
        boolean trusted = states.trusted(run);
        List<Claim.Variable> variablesOfRun = variablesOf(run, workspace).stream()
                .filter(variable -> trusted || !variable.sensitive())
                .toList();
        Optional<StateVersion> state = states.version(run, trusted);
        Duration timeout = timeout(workspace, planning);
        return new Claim(
                job,
                leaseToken,
                fence,
                jobConfig.heartbeatEvery(),
                workspace.organizationName(),
                workspace.name(),
                run.engine(),
                workspace.workingDirectory(),
                new Claim.Options(
                        options.destroy(),
                        options.refresh(),
                        options.refreshOnly(),
                        options.targetAddrs(),
                        options.replaceAddrs(),
                        options.allowEmptyApply(),
                        options.structuredOutput()),
                variablesOfRun,
                state.isPresent(),
                planning
                        ? Optional.empty()
                        : RunView.plan(run.state()).map(PlanOutcome::plan).map(ArtifactRef::sha256),
                timeout,
                coolOff(planning),
                runConfig.logLimit(),
                Optional.of(enclosed(run, state, trusted, planning)),
                trusted
                        ? identities.of(
                                workload(run, workspace, planning),
                                environment(variablesOfRun),
                                timeout.plus(coolOff(planning)))
                        : List.of(),
                trusted ? sshKeys.forRun(workspace) : Optional.empty());
    }

    private static Workload workload(Run run, Workspace workspace, boolean planning) {
        return new Workload(
                workspace.organizationId(),
                workspace.organizationName(),
                workspace.projectId(),
                workspace.projectName(),
                workspace.id().value(),
                workspace.name(),
                run.id().value(),
                planning ? "plan" : "apply");
    }

    private static Map<String, String> environment(List<Claim.Variable> variables) {
        Map<String, String> environment = new HashMap<>();
        variables.stream()
                .filter(variable -> variable.category().equals("env"))
                .forEach(variable -> environment.put(variable.key(), variable.value()));
        return environment;
    }

    private Enclosed enclosed(Run run, Optional<StateVersion> current, boolean trusted, boolean planning) {
        Map<String, ArtifactRef> wanted = new HashMap<>();
        Map<String, byte[]> files = new HashMap<>();
        List<String> absent = new ArrayList<>();
        configurations
                .find(run.configurationVersionId())
                .flatMap(version -> version.archive())
                .ifPresent(archive -> wanted.put(Enclosed.CONFIGURATION, archive));
        if (trusted) {
            current.flatMap(StateVersion::content).ifPresent(state -> wanted.put(Enclosed.STATE, state));
        } else {
            current.map(states::redacted)
                    .filter(state -> state.length <= Enclosed.MOST_BYTES)
                    .ifPresent(state -> files.put(Enclosed.STATE, state));
        }
        if (!planning) {
            PlanOutcome plan = RunView.plan(run.state()).orElseThrow(Problem::notFound);
            wanted.put(RunArtifact.PLAN.word(), plan.plan());
            plan.workdir()
                    .ifPresentOrElse(
                            workdir -> wanted.put(RunArtifact.WORKDIR.word(), workdir),
                            () -> absent.add(RunArtifact.WORKDIR.word()));
        }
        files.putAll(read(wanted));
        return new Enclosed(Map.copyOf(files), List.copyOf(absent));
    }

    /** Those that are small enough to ride along. */
    private Map<String, byte[]> read(Map<String, ArtifactRef> wanted) {
        Map<String, ArtifactRef> small = new HashMap<>(wanted);
        small.values().removeIf(artifact -> artifact.size() > Enclosed.MOST_BYTES);
        Map<String, byte[]> contents =
                artifacts.readAll(small.values().stream().map(ArtifactRef::id).collect(Collectors.toSet()));
        Map<String, byte[]> files = new HashMap<>();
        small.forEach((name, artifact) -> files.put(name, contents.get(artifact.id())));
        return files;
    }

    /** As the organization says, or the installation, or the configuration. */
    private Duration timeout(Workspace workspace, boolean planning) {
        OrganizationLimits limits =
                organizations.find(workspace.organizationId()).orElseThrow().limits();
        General general = settings.general();
        return planning
                ? limits.planTimeout().or(general::planTimeout).orElse(runConfig.planTimeout())
                : limits.applyTimeout().or(general::applyTimeout).orElse(runConfig.applyTimeout());
    }

    private Duration coolOff(boolean planning) {
        return planning ? runConfig.planCoolOff() : runConfig.applyCoolOff();
    }

    /** With the run's own, which only variable sets with priority are stronger than. */
    private List<Claim.Variable> variablesOf(Run run, Workspace workspace) {
        return TerraformSettings.of(
                run.options(),
                variables.forRun(
                        workspace,
                        runs.variables(run.id()).stream()
                                .map(own -> new Claim.Variable(own.key(), own.value(), "terraform", true, false))
                                .toList()));
    }
}
