package io.terrafleet.api.run;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run as a {@code runs} resource. */
@Singleton
public class RunDocument {
    private final Grants grants;
    private final RunReading runs;
    private final Workspaces workspaces;
    private final Users users;
    private final InstantSource clock;

    RunDocument(
            Grants grants,
            RunReading runs,
            Workspaces workspaces,
            Users users,
            @Identifier("api") InstantSource clock) {
        this.grants = grants;
        this.runs = runs;
        this.workspaces = workspaces;
        this.users = users;
        this.clock = clock;
    }

    public Resource of(Run run, Principal who) {
        return all(List.of(run), who).getFirst();
    }

    /** In the same order; what the caller may do is asked once for all of them. All are of one organization. */
    public List<Resource> all(List<Run> all, Principal who) {
        if (all.isEmpty()) {
            return List.of();
        }
        Map<WorkspaceId, Place> places = workspaces.places(all.stream()
                .flatMap(run ->
                        Stream.concat(Stream.of(run.workspace()), run.cause().map(NewRun.Cause::workspace).stream()))
                .distinct()
                .toList());
        Map<Place, Rights> rights = grants.rights(who, all.getFirst().organizationId(), Set.copyOf(places.values()));
        Map<String, Optional<String>> known = new HashMap<>();
        return all.stream()
                .map(run -> {
                    Resource resource = of(run, rightsAt(places.get(run.workspace()), rights));
                    caused(resource, run.cause().filter(cause -> rightsAt(places.get(cause.workspace()), rights)
                            .may(Permission.READ_RUNS)));
                    return resource.toOne(
                            "canceled-by",
                            "users",
                            run.state() instanceof RunState.Canceled canceled
                                    ? known.computeIfAbsent(canceled.by(), this::user)
                                            .orElse(null)
                                    : null);
                })
                .toList();
    }

    private static Rights rightsAt(@Nullable Place place, Map<Place, Rights> rights) {
        return place == null ? Rights.NONE : rights.getOrDefault(place, Rights.NONE);
    }

    private Optional<String> user(String name) {
        return users.findByName(name).map(Users.User::id);
    }

    /** The run that set it off and its workspace, for those who may see them. */
    private static void caused(Resource resource, Optional<NewRun.Cause> cause) {
        resource.with("triggering-source-name", cause.map(NewRun.Cause::workspaceName))
                .toOne(
                        "triggering-run",
                        "runs",
                        cause.map(seen -> seen.run().value()).orElse(null))
                .toOne(
                        "triggering-source",
                        "workspaces",
                        cause.map(seen -> seen.workspace().value()).orElse(null));
    }

    private Resource of(Run run, Rights rights) {
        RunOptions options = run.options();
        RunState state = run.state();
        Resource resource = Resource.of("runs", run.id().value())
                .with("status", run.status())
                .with("status-timestamps", run.timestamps())
                .with(
                        "has-changes",
                        RunView.plan(state).map(PlanOutcome::hasChanges).orElse(false))
                .with("message", run.message())
                .with("source", run.source())
                .with("trigger-reason", reason(run))
                .with("created-at", run.createdAt())
                .with("updated-at", state.since())
                .with("canceled-at", state instanceof RunState.Canceled canceled ? canceled.since() : null)
                .with("auto-apply", options.autoApply())
                .with("plan-only", options.planOnly())
                .with("is-destroy", options.destroy())
                .with("refresh", options.refresh())
                .with("refresh-only", options.refreshOnly())
                .with("target-addrs", options.targetAddrs())
                .with("replace-addrs", options.replaceAddrs())
                .with("allow-empty-apply", options.allowEmptyApply())
                .with("allow-config-generation", options.configGeneration())
                .with("debugging-mode", options.debugging())
                .with("save-plan", options.savePlan())
                .with("terraform-version", run.exactVersion().orElse(run.terraformVersion()))
                .with("variables", variables(run))
                .with("position-in-queue", 0)
                .with("waiting-for", state.isFinished() ? Optional.empty() : runs.waitingFor(run.id()))
                .with("reasons", RunView.reasons(state))
                .with("actions", actions(state))
                .with("permissions", permissions(rights))
                .toOne("workspace", "workspaces", run.workspace().value())
                .toOne("configuration-version", "configuration-versions", run.configurationVersionId())
                .toOne("plan", "plans", run.sibling("plan"))
                .toOne("apply", "applies", run.sibling("apply"))
                .toOne("cost-estimate", "cost-estimates", run.sibling("ce"))
                .toOne("created-by", "users", run.createdById().isEmpty() ? null : run.createdById())
                .toMany("task-stages", "task-stages", run.taskStages())
                .toMany(
                        "policy-checks",
                        "policy-checks",
                        run.policyCheck() ? List.of(run.sibling("polchk")) : List.of())
                .related("run-events", "/api/v2/runs/" + run.id() + "/run-events")
                .related("comments", "/api/v2/runs/" + run.id() + "/comments")
                .link("self", "/api/v2/runs/" + run.id());
        if (state instanceof RunState.Stopping stopping) {
            resource.with("force-cancel-available-at", stopping.forceFrom());
        }
        return resource;
    }

    private static String reason(Run run) {
        return switch (run.source()) {
            case "tfe-run-trigger" -> "run_trigger";
            case "tfe-infrastructure-lifecycle" -> "auto_destroy";
            default -> "manual";
        };
    }

    /** Values may be secret: people see the names. */
    private List<Map<String, String>> variables(Run run) {
        return runs.variables(run.id()).stream()
                .map(variable -> Map.of("key", variable.key()))
                .toList();
    }

    private Map<String, Boolean> actions(RunState state) {
        RunView.Actions actions = RunView.actions(state, clock.instant());
        Map<String, Boolean> json = new LinkedHashMap<>();
        json.put("is-cancelable", actions.cancelable());
        json.put("is-confirmable", actions.confirmable());
        json.put("is-discardable", actions.discardable());
        json.put("is-force-cancelable", actions.forceCancelable());
        return json;
    }

    private static Map<String, Boolean> permissions(Rights rights) {
        boolean write = rights.may(Permission.APPLY_RUNS);
        Map<String, Boolean> json = new LinkedHashMap<>();
        json.put("can-apply", write);
        json.put("can-cancel", write);
        json.put("can-comment", write);
        json.put("can-discard", write);
        json.put("can-force-execute", write);
        json.put("can-force-cancel", write);
        json.put("can-override-policy-check", rights.may(Permission.OVERRIDE_RUN_POLICIES));
        return json;
    }
}
