package io.terrafleet.api.run;

import com.fasterxml.jackson.core.type.TypeReference;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.NewRun.RunVariable;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door for those who only look: lists of runs, what people did to one, what it waits for. Nothing here moves a run. */
@Singleton
public class RunReading {
    private final RunStore store;
    private final RunRouting routing;
    private final RunCapacity capacity;
    private final Workspaces workspaces;
    private final Secrets secrets;

    RunReading(RunStore store, RunRouting routing, RunCapacity capacity, Workspaces workspaces, Secrets secrets) {
        this.store = store;
        this.routing = routing;
        this.capacity = capacity;
        this.workspaces = workspaces;
        this.secrets = secrets;
    }

    /** The variables of this run only. */
    @Transactional
    public List<RunVariable> variables(RunId id) {
        return store.find(id)
                .map(row -> row.variables == null ? List.<RunVariable>of() : open(row.id, row.variables))
                .orElse(List.of());
    }

    private List<RunVariable> open(String id, byte[] sealed) {
        try {
            return Json.mapper().readValue(secrets.unseal(sealed, "run-variables/" + id), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of runs, newest first. */
    public record Listing(List<Run> runs, long total) {}

    /** @param filters as {@link RunFilters} names them, each with the accepted values */
    @Transactional
    public Listing ofWorkspace(WorkspaceId workspace, Map<String, List<String>> filters, Page page) {
        Visibility all = new Visibility(true, List.of());
        List<Run> runs = store.list("workspaceId", workspace.value(), filters, all, page.offset(), page.size()).stream()
                .map(RunMapper::record)
                .toList();
        return new Listing(
                runs,
                page.total(runs.size()).orElseGet(() -> store.count("workspaceId", workspace.value(), filters, all)));
    }

    /** A page of so many runs that nobody counts them, newest first. */
    public record Part(List<Run> runs, boolean more) {}

    @Transactional
    public Part ofOrganization(
            String organizationId, Map<String, List<String>> filters, Visibility visible, Page page) {
        List<Run> runs =
                store.list("organizationId", organizationId, filters, visible, page.offset(), page.size() + 1).stream()
                        .map(RunMapper::record)
                        .toList();
        return new Part(runs.subList(0, Math.min(page.size(), runs.size())), runs.size() > page.size());
    }

    /** Something a person did to a run. */
    public record RunEvent(String id, RunId run, String action, String actor, String comment, Instant at) {}

    @Transactional
    public List<RunEvent> events(RunId id) {
        return store.events(id).stream().map(RunEventEntity::view).toList();
    }

    @Transactional
    public Optional<RunEvent> event(String id) {
        return store.event(id).map(RunEventEntity::view);
    }

    /** What the run waits for, in a sentence; empty while something runs, or when it is over. */
    @Transactional
    public Optional<String> waitingFor(RunId id) {
        return store.find(id).flatMap(row -> {
            RunState state = RunMapper.state(row);
            return switch (state) {
                case RunState.Pending s -> Optional.of(whyPending(row));
                case RunState.PrePlanTasks s -> Optional.of("waiting for run tasks before the plan");
                case RunState.PlanQueued s -> Optional.of(queued(row, "waiting for a runner to start planning"));
                case RunState.PreApplyTasks s -> Optional.of("waiting for run tasks before the apply");
                case RunState.PostApplyTasks s -> Optional.of("waiting for run tasks after the apply");
                case RunState.ApplyQueued s -> Optional.of(queued(row, "waiting for a runner to start applying"));
                case RunState.Assessing s ->
                    Optional.of("waiting for "
                            + RunLifecycle.missing(RunMapper.record(row).options(), s) + " to judge the plan");
                case RunState.AwaitingOverride s -> Optional.of("waiting for somebody who may override");
                case RunState.AwaitingConfirmation s -> Optional.of("waiting for somebody to confirm");
                case RunState.PlanSaved s -> Optional.of("waiting for somebody to apply the saved plan");
                case RunState.AwaitingTurn s -> Optional.of(whyPending(row));
                case RunState.Stopping s ->
                    Optional.of(
                            s.forced()
                                    ? "waiting for terraform to be killed"
                                    : "waiting for terraform to stop in order");
                case RunState.Planning s -> Optional.empty();
                case RunState.Applying s -> Optional.empty();
                case RunState.Finished s -> Optional.empty();
            };
        });
    }

    private String queued(RunEntity row, String otherwise) {
        if (row.jobNews != null) {
            return row.jobNews;
        }
        return row.agentPoolId == null ? otherwise : routing.waiting(row.agentPoolId);
    }

    /** Those that wait for an agent of the pool, oldest first; at most 50. */
    @Transactional
    public List<Run> queuedFor(String agentPoolId) {
        return store.queuedFor(agentPoolId).stream().map(RunMapper::record).toList();
    }

    private String whyPending(RunEntity row) {
        Workspace workspace = workspaces.find(new WorkspaceId(row.workspaceId)).orElseThrow(Problem::notFound);
        long ahead = store.aheadInQueue(row);
        String others = ahead > 1 ? " (" + ahead + " runs are ahead in the queue)" : "";
        return workspace
                .lock()
                .map(lock -> switch (lock.holder()) {
                    case RUN -> "waiting for " + lock.holderId() + " to finish" + others;
                    case USER, TEAM, ORGANIZATION ->
                        "waiting for the workspace to be unlocked: locked by " + lock.holderName()
                                + (lock.reason().isBlank() ? "" : " (" + lock.reason() + ")") + others;
                })
                .or(() -> capacity.most(row.organizationId)
                        .map(most -> "waiting for one of the " + most
                                + " places that the organization's runs have at a time" + others))
                .orElse("waiting for its turn" + others);
    }
}
