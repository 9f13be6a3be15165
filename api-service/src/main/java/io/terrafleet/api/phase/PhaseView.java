package io.terrafleet.api.phase;

import com.fasterxml.jackson.core.JsonParser;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.agent.AgentJobs;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.planexport.PlanExport;
import io.terrafleet.api.planexport.PlanExports;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInclude;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans and applies as resources, computed from the run. */
@ApplicationScoped
public class PhaseView {
    private final LogLinks links;
    private final AgentJobs agents;
    private final PlanExports exports;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;
    private final Artifacts artifacts;
    private final States states;

    PhaseView(
            LogLinks links,
            AgentJobs agents,
            PlanExports exports,
            Workspaces workspaces,
            Grants grants,
            Caller caller,
            Artifacts artifacts,
            States states) {
        this.links = links;
        this.agents = agents;
        this.exports = exports;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
        this.artifacts = artifacts;
        this.states = states;
    }

    public Resource plan(Run run) {
        Optional<PlanOutcome> plan = RunView.plan(run.state());
        Optional<Counts> counts = plan.map(PlanOutcome::counts);
        return Resource.of("plans", run.sibling("plan"))
                .with("status", planStatus(run))
                .with("has-changes", plan.map(PlanOutcome::hasChanges).orElse(false))
                .with(
                        "generated-configuration",
                        plan.filter(found -> generated(run, found)).isPresent())
                .with("resource-additions", counts.map(Counts::additions))
                .with("resource-changes", counts.map(Counts::changes))
                .with("resource-destructions", counts.map(Counts::destructions))
                .with("resource-imports", counts.map(Counts::imports))
                .with("structured-run-output-enabled", run.options().structuredOutput())
                .with("status-timestamps", planTimes(run))
                .with("log-read-url", links.to(Logs.of(run.id(), Phase.PLAN)))
                .with("actions", Map.of("is-exportable", PlanExports.exportable(run)))
                .with("permissions", Map.of("can-export", mayExport(run)))
                .with("execution-details", execution(run, Phase.PLAN))
                .toMany("state-versions", "state-versions", List.of())
                .toMany(
                        "exports",
                        "plan-exports",
                        exports.of(run.id()).stream().map(PlanExport::id).toList())
                .link("self", "/api/v2/plans/" + run.sibling("plan"))
                .link("json-output", "/api/v2/plans/" + run.sibling("plan") + "/json-output");
    }

    /** Whether terraform wrote resources for {@code import} blocks; looked for only where it was let. */
    private boolean generated(Run run, PlanOutcome plan) {
        if (!run.options().configGeneration()) {
            return false;
        }
        try (JsonParser parser =
                Json.mapper().createParser(artifacts.open(plan.redacted().id()))) {
            while (parser.nextToken() != null) {
                if ("generated_config".equals(parser.currentName())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Resource apply(Run run) {
        Optional<Counts> counts =
                run.state() instanceof RunState.Applied applied ? Optional.of(applied.counts()) : Optional.empty();
        return Resource.of("applies", run.sibling("apply"))
                .with("status", applyStatus(run))
                .with("resource-additions", counts.map(Counts::additions))
                .with("resource-changes", counts.map(Counts::changes))
                .with("resource-destructions", counts.map(Counts::destructions))
                .with("resource-imports", counts.map(Counts::imports))
                .with("structured-run-output-enabled", run.options().structuredOutput())
                .with("status-timestamps", applyTimes(run))
                .with("log-read-url", links.to(Logs.of(run.id(), Phase.APPLY)))
                .with("execution-details", execution(run, Phase.APPLY))
                .toMany(
                        "state-versions",
                        "state-versions",
                        run.timestamps().containsKey("applying-at") ? states.ofRun(run.id()) : List.of())
                .link("self", "/api/v2/applies/" + run.sibling("apply"));
    }

    private boolean mayExport(Run run) {
        return workspaces
                .find(run.workspace())
                .filter(workspace ->
                        grants.allows(caller.principal(), workspace.place(), Permission.READ_SENTINEL_MOCKS))
                .isPresent();
    }

    private Map<String, String> execution(Run run, Phase phase) {
        return agents.placeOf(run, phase)
                .map(place -> {
                    Map<String, String> details = new LinkedHashMap<>();
                    details.put("mode", "agent");
                    details.put("agent-pool-id", place.pool().id());
                    details.put("agent-pool-name", place.pool().name());
                    place.agent().ifPresent(agent -> {
                        details.put("agent-id", agent.id());
                        details.put("agent-name", agent.name());
                    });
                    return details;
                })
                .orElse(Map.of("mode", "remote"));
    }

    private static String planStatus(Run run) {
        if (RunView.plan(run.state()).isPresent()) {
            return "finished";
        }
        return switch (run.state()) {
            case RunState.Pending s -> "pending";
            case RunState.PrePlanTasks s -> "pending";
            case RunState.PlanQueued s -> "queued";
            case RunState.Errored s -> run.timestamps().containsKey("planning-at") ? "errored" : "unreachable";
            case RunState.Canceled s -> "canceled";
            case RunState.Discarded s -> "unreachable";
            case RunState.Planning s -> "running";
            case RunState.Stopping s -> "running";
            case RunState.Assessing s -> "finished";
            case RunState.AwaitingOverride s -> "finished";
            case RunState.AwaitingConfirmation s -> "finished";
            case RunState.PreApplyTasks s -> "finished";
            case RunState.PostApplyTasks s -> "finished";
            case RunState.PlanSaved s -> "finished";
            case RunState.AwaitingTurn s -> "finished";
            case RunState.ApplyQueued s -> "finished";
            case RunState.Applying s -> "finished";
            case RunState.Applied s -> "finished";
            case RunState.PlannedAndFinished s -> "finished";
            case RunState.Rejected s -> "finished";
        };
    }

    private static String applyStatus(Run run) {
        boolean began = run.timestamps().containsKey("applying-at");
        return switch (run.state()) {
            case RunState.PlanSaved s -> "pending";
            case RunState.AwaitingTurn s -> "pending";
            case RunState.ApplyQueued s -> "queued";
            case RunState.Applying s -> "running";
            case RunState.Stopping s -> began ? "running" : "pending";
            case RunState.PostApplyTasks s -> "finished";
            case RunState.Applied s -> "finished";
            case RunState.Errored s -> began ? "errored" : "unreachable";
            case RunState.Canceled s -> began ? "canceled" : "unreachable";
            case RunState.PlannedAndFinished s -> "unreachable";
            case RunState.Rejected s -> "unreachable";
            case RunState.Discarded s -> "unreachable";
            case RunState.Pending s -> "pending";
            case RunState.PrePlanTasks s -> "pending";
            case RunState.PreApplyTasks s -> "pending";
            case RunState.PlanQueued s -> "pending";
            case RunState.Planning s -> "pending";
            case RunState.Assessing s -> "pending";
            case RunState.AwaitingOverride s -> "pending";
            case RunState.AwaitingConfirmation s -> "pending";
        };
    }

    private static Map<String, Instant> planTimes(Run run) {
        return times(
                run, Map.of("queued-at", "plan-queued-at", "started-at", "planning-at", "finished-at", "planned-at"));
    }

    private static Map<String, Instant> applyTimes(Run run) {
        return times(
                run, Map.of("queued-at", "apply-queued-at", "started-at", "applying-at", "finished-at", "applied-at"));
    }

    private static Map<String, Instant> times(Run run, Map<String, String> names) {
        Map<String, Instant> times = new LinkedHashMap<>();
        names.forEach((ours, theirs) -> {
            Instant at = run.timestamps().get(theirs);
            if (at != null) {
                times.put(ours, at);
            }
        });
        return times;
    }

    @ApplicationScoped
    static class PlanInclude implements RunInclude {
        private final PhaseView view;

        PlanInclude(PhaseView view) {
            this.view = view;
        }

        @Override
        public String name() {
            return "plan";
        }

        @Override
        public List<Resource> of(Run run) {
            return List.of(view.plan(run));
        }
    }

    @ApplicationScoped
    static class ApplyInclude implements RunInclude {
        private final PhaseView view;

        ApplyInclude(PhaseView view) {
            this.view = view;
        }

        @Override
        public String name() {
            return "apply";
        }

        @Override
        public List<Resource> of(Run run) {
            return List.of(view.apply(run));
        }
    }
}
