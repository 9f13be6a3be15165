package io.terrafleet.api.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.task.Stage;
import io.terrafleet.api.task.WorkspaceTasks;
import io.terrafleet.api.workspace.Holder;
import io.terrafleet.api.workspace.Lock;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.telemetry.LogKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The door of the run's room. Every method is one transaction: the run's row moves, its workspace's turn passes on, the rest of
 * the platform is told, or nothing happens at all.
 */
@ApplicationScoped
public class Runs {
    private static final Logger LOG = Logger.getLogger(Runs.class);
    /** The source of a run that the cloud block of the terraform command started; it renders structured logs. */
    static final String FROM_CLOUD_BLOCK = "terraform+cloud";

    private static final Transition.Ignored IGNORED = new Transition.Ignored();

    private final RunStore store;
    private final RunLifecycle lifecycle;
    private final RunAnnouncements announcements;
    private final RunRouting routing;
    private final RunCapacity capacity;
    private final Workspaces workspaces;
    private final Configurations configurations;
    private final Secrets secrets;
    private final Logs logs;
    private final Messaging messaging;
    private final WorkspaceTasks tasks;
    private final Event<RunCreated> created;
    private final Event<RunChanged> changed;
    private final RunMeters meters;
    private final InstantSource clock;
    private final RandomGenerator random;

    Runs(
            RunStore store,
            RunConfig config,
            RunAnnouncements announcements,
            RunRouting routing,
            RunCapacity capacity,
            Workspaces workspaces,
            Configurations configurations,
            Secrets secrets,
            Logs logs,
            @Identifier("api") Messaging messaging,
            WorkspaceTasks tasks,
            Event<RunCreated> created,
            Event<RunChanged> changed,
            MeterRegistry meters,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.lifecycle = new RunLifecycle(new RunLifecycle.Limits(
                config.attempts(),
                config.claimWithin(),
                config.assessWithin(),
                config.tasksWithin(),
                config.forceCancelAfter()));
        this.announcements = announcements;
        this.routing = routing;
        this.capacity = capacity;
        this.workspaces = workspaces;
        this.configurations = configurations;
        this.secrets = secrets;
        this.logs = logs;
        this.messaging = messaging;
        this.tasks = tasks;
        this.created = created;
        this.changed = changed;
        this.meters = new RunMeters(meters);
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Run create(NewRun request) {
        Workspace workspace = workspaces.forUpdate(request.workspace());
        if (request.destroy() && !workspace.allowDestroyPlan()) {
            throw Problem.invalid("is-destroy", "Is destroy is not allowed: the workspace forbids destroy plans");
        }
        ConfigurationVersion configuration = configuration(request);
        Optional<String> pool = routing.poolFor(workspace, configuration);
        boolean planOnly = request.planOnly() || configuration.speculative();
        RunEntity row = row(request, workspace, configuration, planOnly);
        row.agentPoolId = pool.orElse(null);
        store.persistAndFlush(row);
        LOG.infof("run created runId=%s workspaceId=%s planOnly=%s", row.id, row.workspaceId, planOnly);
        created.fire(new RunCreated(RunMapper.record(row)));
        if (planOnly || request.savePlan()) {
            beginPlan(row);
        } else {
            giveTurn(workspace.id());
        }
        return RunMapper.record(row);
    }

    private ConfigurationVersion configuration(NewRun request) {
        if (request.configurationVersionId().isEmpty()) {
            return configurations
                    .latestUploaded(request.workspace())
                    .orElseThrow(() -> Problem.invalidRelationship(
                            "configuration-version",
                            "Configuration version can't be blank: the workspace has no uploaded configuration yet"));
        }
        ConfigurationVersion configuration = configurations
                .find(request.configurationVersionId().get())
                .filter(found -> found.workspace().equals(request.workspace()))
                .orElseThrow(() -> Problem.invalidRelationship(
                        "configuration-version", "Configuration version does not exist in this workspace"));
        if (!configuration.status().equals("uploaded")) {
            throw Problem.invalidRelationship(
                    "configuration-version",
                    "Configuration version is " + configuration.status() + ", it must be uploaded");
        }
        return configuration;
    }

    private RunEntity row(NewRun request, Workspace workspace, ConfigurationVersion configuration, boolean planOnly) {
        Instant now = clock.instant();
        RunEntity row = new RunEntity();
        row.id = Ids.make("run", random);
        row.workspaceId = workspace.id().value();
        row.organizationId = workspace.organizationId();
        row.configurationVersionId = configuration.id();
        row.planOnly = planOnly;
        row.options = RunMapper.write(new RunOptions(
                planOnly,
                !planOnly && request.autoApply().orElse(workspace.autoApply()),
                request.destroy(),
                request.refresh(),
                request.refreshOnly(),
                request.targetAddrs(),
                request.replaceAddrs(),
                request.allowEmptyApply(),
                request.savePlan() && !planOnly,
                workspace.structuredRunOutput() && request.source().equals(FROM_CLOUD_BLOCK),
                stages(workspace, planOnly),
                request.configGeneration() && planOnly,
                request.debugging()));
        row.timestamps = "{}";
        row.variables = request.variables().isEmpty()
                ? null
                : secrets.seal(Json.write(request.variables()), "run-variables/" + row.id);
        row.message = request.message();
        row.source = request.source();
        row.createdById = request.createdById();
        row.createdByName = request.createdByName();
        request.cause().ifPresent(cause -> {
            row.triggeringRunId = cause.run().value();
            row.triggeringWorkspaceId = cause.workspace().value();
            row.triggeringWorkspaceName = cause.workspaceName();
        });
        row.createdAt = now;
        row.engine = workspace.engine();
        row.terraformVersion =
                routing.version(workspace, request.terraformVersion().orElse(workspace.terraformVersion()));
        RunMapper.put(row, new RunState.Pending(now), now);
        return row;
    }

    /** What has no apply meets no tasks around it. */
    private Map<Stage, String> stages(Workspace workspace, boolean planOnly) {
        Map<Stage, String> stages = new EnumMap<>(Stage.class);
        for (Stage stage : tasks.stages(workspace)) {
            boolean aroundApply = stage == Stage.PRE_APPLY || stage == Stage.POST_APPLY;
            if (!planOnly || !aroundApply) {
                stages.put(stage, Ids.make("ts", random));
            }
        }
        return stages;
    }

    /** Grants a wish, or throws a 409 that says what the run is waiting for. */
    @Transactional
    public Run wish(RunId id, RunInput.Wish wish, String action, String comment) {
        RunEntity row = lock(id).orElseThrow(Problem::notFound);
        return switch (move(row, wish)) {
            case Transition.Moved moved -> {
                note(id, action, wish.by(), comment);
                yield RunMapper.record(row);
            }
            case Transition.Refused refused -> throw Problem.conflict(refused.why());
            case Transition.Ignored ignored -> throw new IllegalStateException("a wish is granted or refused");
        };
    }

    /** Takes a fact; what is late or double changes nothing. */
    @Transactional
    public Transition accept(RunId id, RunInput.Fact fact) {
        return lock(id).map(row -> move(row, fact)).orElse(IGNORED);
    }

    /**
     * Says again what was said when the run came to where it stands. Whoever has heard it ignores it: this is for a broker that forgot.
     *
     * @return the run as it stands
     */
    @Transactional
    public Optional<Run> announceAgain(RunId id) {
        Optional<Run> run = lock(id).map(RunMapper::record);
        run.flatMap(found -> announcements.again(found, clock.instant())).ifPresent(messaging.outbox()::add);
        return run;
    }

    /** Those of which the last word may be on its way: that wait for another service, or ended since. */
    @Transactional
    public List<RunId> announced(Instant endedSince) {
        return store.announced(endedSince).stream().map(RunId::new).toList();
    }

    /** A runner has claimed the job; the version it runs is the run's from now on. */
    @Transactional
    public Transition claimed(JobId job, String exactVersion) {
        Optional<RunEntity> locked = lock(job.run());
        if (locked.isEmpty()) {
            return IGNORED;
        }
        RunEntity row = locked.get();
        Transition transition = move(row, new RunInput.PhaseClaimed(job));
        if (transition instanceof Transition.Moved) {
            row.exactVersion = exactVersion;
            row.jobNews = null;
        }
        return transition;
    }

    /** The worker's word on a job that waits, for people to read. */
    @Transactional
    public void news(JobId job, String text) {
        store.findForUpdate(job.run())
                .filter(row -> job.equals(queuedJob(RunMapper.state(row))))
                .ifPresent(row -> row.jobNews = text);
    }

    private static @org.jspecify.annotations.Nullable JobId queuedJob(RunState state) {
        return switch (state) {
            case RunState.PlanQueued queued -> queued.job();
            case RunState.ApplyQueued queued -> queued.job();
            case RunState other -> null;
        };
    }

    /** A run that needs no turn. A plan that is to be kept holds nothing up, so it begins whatever else is under way. */
    private void beginPlan(RunEntity row) {
        if (!row.planOnly || capacity.takes(row)) {
            move(row, new RunInput.TurnCame());
        }
    }

    /** There may be a place for a run that waits for one. @return whether there was, or it needs none any more */
    @Transactional
    boolean begin(RunId id) {
        Optional<RunEntity> waiting = lock(id).filter(row -> row.status.equals("pending"));
        waiting.ifPresent(row -> {
            if (row.planOnly) {
                beginPlan(row);
            } else {
                giveTurn(new WorkspaceId(row.workspaceId));
            }
        });
        return waiting.isEmpty() || !waiting.get().status.equals("pending");
    }

    /** The workspace may have become free: the next run of its queue gets its turn. */
    @Transactional
    public void passTurn(WorkspaceId id) {
        giveTurn(id);
    }

    /** The run as it is, held so until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Run> hold(RunId id) {
        return lock(id).map(RunMapper::record);
    }

    /** Workspace first, then run, always: two transitions never wait for each other crosswise. */
    private Optional<RunEntity> lock(RunId id) {
        return store.takeWithItsWorkspace(id).or(() -> store.workspaceOf(id).flatMap(workspace -> {
            workspaces.hold(workspace);
            return store.findForUpdate(id);
        }));
    }

    private Transition move(RunEntity row, RunInput input) {
        Instant now = clock.instant();
        Run run = RunMapper.record(row);
        RunState from = run.state();
        Transition transition = lifecycle.next(run.id(), run.options(), from, input, now);
        if (transition instanceof Transition.Moved(RunState to)) {
            stamp(row, from, to, now);
            RunMapper.put(row, to, now);
            try (LogKeys _ = LogKeys.of(run.id(), Optional.of(run.workspace()), Optional.empty())) {
                tell(row, from, input, to, now);
            }
        }
        return transition;
    }

    private static void stamp(RunEntity row, RunState from, RunState to, Instant now) {
        Map<String, Instant> timestamps = new LinkedHashMap<>(RunMapper.timestamps(row));
        RunView.timestamps(from, to).forEach(name -> timestamps.put(name, now));
        row.timestamps = RunMapper.write(timestamps);
    }

    private void tell(RunEntity row, RunState from, RunInput input, RunState to, Instant now) {
        Run run = RunMapper.record(row);
        meters.moved(run, from, input, now);
        String was = RunView.status(from);
        LOG.infof("run moved runId=%s workspaceId=%s from=%s to=%s", run.id(), run.workspace(), was, row.status);
        announcements.of(run, from, to, now).ifPresent(fact -> {
            row.policyCheck |= RunAnnouncements.asksLegacySets(fact);
            messaging.outbox().add(fact);
        });
        changed.fire(new RunChanged(run.policyCheck() == row.policyCheck ? run : RunMapper.record(row), from));
        if (to.isFinished()) {
            closeLogs(run.id(), from);
            if (!run.options().planOnly()) {
                workspaces.releaseFromRun(run.workspace(), run.id());
                giveTurn(run.workspace());
            }
        }
        if (to instanceof RunState.PostApplyTasks) {
            logs.close(Logs.of(run.id(), Phase.APPLY));
        }
        if (to instanceof RunState.AwaitingTurn) {
            giveTurn(run.workspace());
        }
        if (to instanceof RunState.Assessing && !(from instanceof RunState.Assessing)) {
            logs.close(Logs.of(run.id(), Phase.PLAN));
        }
    }

    /** A run that has its plan has closed that log before. */
    private void closeLogs(RunId run, RunState from) {
        if (RunView.plan(from).isEmpty()) {
            logs.close(Logs.of(run, Phase.PLAN));
        }
        logs.close(Logs.of(run, Phase.APPLY));
    }

    /** Takes the workspace's row when the caller has not done so yet. */
    private void giveTurn(WorkspaceId workspace) {
        Optional<Lock> lock = workspaces.hold(workspace);
        if (lock.isPresent()) {
            heldUp(workspace, lock.get());
            return;
        }
        store.firstWaiting(workspace).ifPresent(next -> {
            if (!capacity.takes(next)) {
                workspaces.setCurrentRun(workspace, new RunId(next.id));
                return;
            }
            workspaces.holdForRun(workspace, new RunId(next.id));
            move(next, new RunInput.TurnCame());
        });
    }

    /** While a person holds the workspace, its current run is the one that waits: that is how clients know what it waits for. */
    private void heldUp(WorkspaceId workspace, Lock lock) {
        if (lock.holder() != Holder.RUN) {
            store.firstWaiting(workspace).ifPresent(next -> workspaces.setCurrentRun(workspace, new RunId(next.id)));
        }
    }

    /** @return the event's id */
    @Transactional
    public String note(RunId run, String action, String actor, String comment) {
        RunEventEntity event = new RunEventEntity();
        event.id = Ids.make("re", random);
        event.runId = run.value();
        event.action = action;
        event.actor = actor;
        event.comment = comment;
        event.createdAt = clock.instant();
        store.add(event);
        return event.id;
    }

    @Transactional
    public Optional<Run> find(RunId id) {
        return store.findWithItsPlace(id).map(RunMapper::record);
    }

    /** The first run that had this configuration. */
    @Transactional
    public Optional<Run> firstOf(ConfigurationVersion configuration) {
        return store.firstOf(configuration.workspace().value(), configuration.id())
                .map(RunMapper::record);
    }

    /** Those of them that exist. */
    @Transactional
    public Map<RunId, Run> all(Collection<RunId> ids) {
        Map<RunId, Run> all = new HashMap<>();
        store.all(ids).forEach(row -> all.put(new RunId(row.id), RunMapper.record(row)));
        return all;
    }

    /** Unfinished runs that have stood still since; at most 500. */
    @Transactional
    List<RunId> idleSince(Instant instant) {
        return store.idleSince(instant).stream().map(RunId::new).toList();
    }
}
