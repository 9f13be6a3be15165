package io.terrafleet.api.state;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gives up the content of old states: first so that it can be restored, after a while for ever. The current state keeps its own. */
@ApplicationScoped
public class StateBackingData {
    private static final String KEPT = "finalized";
    private static final String SOFTLY = "backing_data_soft_deleted";
    private static final String FOR_EVER = "backing_data_permanently_deleted";

    private final StateStore store;
    private final StateConfig config;
    private final Artifacts artifacts;
    private final Workspaces workspaces;
    private final InstantSource clock;

    StateBackingData(
            StateStore store,
            StateConfig config,
            Artifacts artifacts,
            Workspaces workspaces,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.config = config;
        this.artifacts = artifacts;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** From then on it cannot be read; {@link #restore} brings it back. */
    @Transactional
    public StateVersion softDelete(String id) {
        StateEntity row = locked(id);
        require(row, KEPT, "softly deleted");
        if (store.current(row.workspaceId)
                .filter(current -> current.id.equals(id))
                .isPresent()) {
            throw refused("The state version is current: its content cannot be deleted.");
        }
        row.status = SOFTLY;
        row.softDeletedAt = clock.instant();
        store.flush();
        return StateRows.view(row);
    }

    @Transactional
    public StateVersion restore(String id) {
        StateEntity row = locked(id);
        require(row, SOFTLY, "restored");
        row.status = KEPT;
        row.softDeletedAt = null;
        store.flush();
        return StateRows.view(row);
    }

    /** Only after a soft delete. Serial, times and who made it stay known. */
    @Transactional
    public StateVersion deleteForEver(String id) {
        StateEntity row = locked(id);
        require(row, SOFTLY, "permanently deleted");
        List<String> contents = java.util.stream.Stream.of(
                        Optional.ofNullable(row.artifactId), Optional.ofNullable(row.jsonArtifactId))
                .flatMap(Optional::stream)
                .toList();
        row.status = FOR_EVER;
        row.artifactId = null;
        row.jsonArtifactId = null;
        row.summary = null;
        store.removeOutputs(id);
        store.flush();
        contents.forEach(artifacts::delete);
        return StateRows.view(row);
    }

    @Transactional
    List<String> overdue() {
        return store.softDeletedBefore(clock.instant().minus(config.softDeletedFor()));
    }

    @Scheduled(
            identity = "state-backing-data",
            every = "1h",
            delayed = "6m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        overdue().forEach(this::deleteForEver);
    }

    private StateEntity locked(String id) {
        StateEntity seen = store.find(id).orElseThrow(Problem::notFound);
        workspaces.forUpdate(new WorkspaceId(seen.workspaceId));
        return store.fresh(id).orElseThrow(Problem::notFound);
    }

    private static void require(StateEntity row, String status, String what) {
        if (!row.status.equals(status)) {
            throw refused("A state version that is " + row.status + " cannot be " + what + ".");
        }
    }

    private static Problem refused(String why) {
        return Problem.of(409, "transition not allowed", why);
    }
}
