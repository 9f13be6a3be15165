package io.terrafleet.api.trigger;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunChanged;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to run triggers. At most 20 sources to a workspace. */
@ApplicationScoped
public class RunTriggers {
    private static final int MOST_SOURCES = 20;

    private final RunTriggerStore store;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Event<FiringsNoted> noted;
    private final InstantSource clock;
    private final RandomGenerator random;

    RunTriggers(
            RunTriggerStore store,
            Workspaces workspaces,
            Runs runs,
            Event<FiringsNoted> noted,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.runs = runs;
        this.noted = noted;
        this.clock = clock;
        this.random = random;
    }

    /** Runs are to be started. */
    record FiringsNoted() {}

    @Transactional
    public Optional<RunTrigger> find(String id) {
        return store.find(id).map(RunTriggers::view);
    }

    /** Those that start runs here; oldest first. */
    @Transactional
    public List<RunTrigger> inbound(WorkspaceId id) {
        return store.inbound(id.value()).stream().map(RunTriggers::view).toList();
    }

    /** Those that this one's applies set off; oldest first. */
    @Transactional
    public List<RunTrigger> outbound(WorkspaceId id) {
        return store.outbound(id.value()).stream().map(RunTriggers::view).toList();
    }

    @Transactional
    public RunTrigger create(Workspace workspace, Workspace source) {
        if (workspace.id().equals(source.id())) {
            throw Problem.invalidRelationship("sourceable", "Sourceable must not be the workspace itself");
        }
        if (!workspace.organizationId().equals(source.organizationId())) {
            throw Problem.invalidRelationship("sourceable", "Sourceable must be in the same organization");
        }
        workspaces.forUpdate(workspace.id());
        List<RunTrigger> sources = inbound(workspace.id());
        if (sources.stream().anyMatch(known -> known.source().equals(source.id()))) {
            throw Problem.invalidRelationship("sourceable", "Sourceable has already been taken");
        }
        if (sources.size() >= MOST_SOURCES) {
            throw Problem.unprocessable("A workspace may have at most " + MOST_SOURCES + " source workspaces.");
        }
        RunTriggerEntity trigger = new RunTriggerEntity();
        trigger.id = Ids.make("rt", random);
        trigger.workspaceId = workspace.id().value();
        trigger.sourceId = source.id().value();
        trigger.createdAt = clock.instant();
        store.add(trigger);
        return view(trigger);
    }

    @Transactional
    public void delete(String id) {
        store.remove(store.find(id).orElseThrow(Problem::notFound));
    }

    /** Inside the transaction of the apply's end: what is to start is written down, and cannot be forgotten. */
    void moved(@Observes RunChanged changed) {
        if (!(changed.to() instanceof RunState.Applied)) {
            return;
        }
        List<RunTriggerEntity> outbound = store.outbound(changed.workspace().value());
        for (RunTriggerEntity trigger : outbound) {
            FiringEntity firing = new FiringEntity();
            firing.runTriggerId = trigger.id;
            firing.sourceRunId = changed.run().value();
            firing.createdAt = clock.instant();
            store.add(firing);
        }
        if (!outbound.isEmpty()) {
            noted.fire(new FiringsNoted());
        }
    }

    @Transactional
    List<Long> waiting() {
        return store.firings();
    }

    /** The run begins and the note of it goes in one transaction. */
    @Transactional
    void fire(long firingId) {
        Optional<FiringEntity> taken = store.takeFiring(firingId);
        if (taken.isEmpty()) {
            return;
        }
        FiringEntity firing = taken.get();
        RunTrigger trigger = find(firing.runTriggerId).orElseThrow(Problem::notFound);
        Run cause = runs.find(new RunId(firing.sourceRunId)).orElseThrow(Problem::notFound);
        Workspace source = workspaces.find(trigger.source()).orElseThrow(Problem::notFound);
        boolean apply = workspaces
                .find(trigger.workspace())
                .orElseThrow(Problem::notFound)
                .traits()
                .autoApplyRunTrigger();
        runs.create(NewRun.automatic(
                        trigger.workspace(),
                        Optional.of(apply),
                        false,
                        "Run triggered by workspace " + source.name() + ": " + cause.id() + " was applied",
                        "tfe-run-trigger",
                        cause.createdById(),
                        cause.createdByName())
                .causedBy(new NewRun.Cause(cause.id(), source.id(), source.name())));
    }

    /** It cannot be started, now or ever. */
    @Transactional
    void giveUp(long firingId) {
        store.takeFiring(firingId);
    }

    private static RunTrigger view(RunTriggerEntity trigger) {
        return new RunTrigger(
                trigger.id, new WorkspaceId(trigger.workspaceId), new WorkspaceId(trigger.sourceId), trigger.createdAt);
    }
}
