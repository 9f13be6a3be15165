package io.terrafleet.api.state;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.api.workspace.WorkspaceUnlocking;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * States that are promised first and uploaded then, which is how the command line does it. While a promise is open the workspace stays
 * locked; forcing the lock open discards it.
 */
@ApplicationScoped
public class StateUploads {
    private final States states;
    private final StateStore store;
    private final StateIntake intake;
    private final StateConfig config;
    private final Artifacts artifacts;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final RandomGenerator random;

    StateUploads(
            States states,
            StateStore store,
            StateIntake intake,
            StateConfig config,
            Artifacts artifacts,
            Workspaces workspaces,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.states = states;
        this.store = store;
        this.intake = intake;
        this.config = config;
        this.artifacts = artifacts;
        this.workspaces = workspaces;
        this.clock = clock;
        this.random = random;
    }

    /** A state that waits for its upload, and the key of the addresses to upload to, told this once. */
    public record Promised(StateVersion state, AddressKey key) {}

    /** An earlier promise of the workspace is discarded: whoever promises again has given it up. */
    @Transactional
    public Promised promise(Principal who, WorkspaceId workspace, NewState wanted) {
        Succession.requireHeldBy(who, workspaces.forUpdate(workspace));
        if (!wanted.force()) {
            Succession.require(
                    states.current(workspace),
                    wanted.serial(),
                    wanted.lineage().orElse(""),
                    wanted.md5(),
                    Optional.empty());
        }
        store.pending(workspace.value()).forEach(StateUploads::discard);
        AddressKey key = AddressKey.make(random);
        Instant now = clock.instant();
        StateEntity row = StateRows.begin(Ids.make("sv", random), workspace, wanted, now);
        row.createdById = who.id();
        row.uploadKeyHash = key.hash();
        row.uploadExpiresAt = now.plus(config.uploadWithin());
        store.add(row);
        store.flush();
        return new Promised(StateRows.view(row), key);
    }

    /**
     * The raw state arrives. Call it outside a transaction: it takes as long as the caller sends.
     *
     * @throws Problem 409 when it was uploaded or discarded, or another state came in between; 422 when it is not what was promised
     */
    public StateVersion upload(String id, AddressKey key, InputStream content) {
        QuarkusTransaction.requiringNew().run(() -> admit(store.find(id), key));
        Taken taken = intake.take(content);
        return orGiveUp(taken, () -> QuarkusTransaction.requiringNew().call(() -> {
            StateEntity row = locked(id, key);
            NewState wanted = new NewState(row.serial, row.md5, Optional.of(row.lineage), row.forced);
            StateRows.requireKept(wanted, taken);
            if (row.lineage.isEmpty()) {
                row.lineage = taken.file().lineage();
            }
            if (!row.forced) {
                Succession.require(
                        states.current(new WorkspaceId(row.workspaceId)),
                        row.serial,
                        row.lineage,
                        row.md5,
                        Optional.empty());
            }
            intake.enter(row, taken);
            return StateRows.view(row);
        }));
    }

    /** The other form of the same state arrives, before or after the raw one. */
    public void uploadJson(String id, AddressKey key, InputStream content) {
        QuarkusTransaction.requiringNew().run(() -> admitJson(store.find(id), key));
        String artifact = intake.takeJson(content);
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                workspaces.forUpdate(new WorkspaceId(admitJson(store.find(id), key).workspaceId));
                admitJson(store.fresh(id), key).jsonArtifactId = artifact;
            });
        } catch (RuntimeException e) {
            artifacts.delete(artifact);
            throw e;
        }
    }

    void keepLocked(@Observes WorkspaceUnlocking unlocking) {
        List<StateEntity> pending = store.pending(unlocking.workspace().id().value());
        boolean awaited = pending.stream().anyMatch(row -> !expired(row));
        if (awaited && !unlocking.forced()) {
            throw Problem.unprocessable("The workspace cannot be unlocked: its latest state version is still pending."
                    + " Upload it, or force the lock open and lose it.");
        }
        pending.forEach(StateUploads::discard);
    }

    void forget(@Observes WorkspaceDeletion deletion) {
        for (StateEntity row : store.allOf(deletion.workspace().id().value())) {
            store.remove(row);
            Optional.ofNullable(row.artifactId).ifPresent(artifacts::delete);
            Optional.ofNullable(row.jsonArtifactId).ifPresent(artifacts::delete);
        }
    }

    private StateEntity locked(String id, AddressKey key) {
        workspaces.forUpdate(new WorkspaceId(admit(store.find(id), key).workspaceId));
        return admit(store.fresh(id), key);
    }

    private StateVersion orGiveUp(Taken taken, Supplier<StateVersion> entering) {
        try {
            return entering.get();
        } catch (RuntimeException e) {
            intake.giveUp(taken);
            throw e;
        }
    }

    private StateEntity admit(Optional<StateEntity> found, AddressKey key) {
        StateEntity row = admitJson(found, key);
        if (!row.status.equals("pending")) {
            throw Problem.conflict(
                    "This state version is already " + row.status + "; create a new one for another upload.");
        }
        return row;
    }

    private StateEntity admitJson(Optional<StateEntity> found, AddressKey key) {
        StateEntity row = found.filter(it -> it.uploadKeyHash != null && key.fits(it.uploadKeyHash))
                .orElseThrow(Problem::notFound);
        if (row.status.equals("discarded")) {
            throw Problem.conflict("This state version was discarded; create a new one.");
        }
        if (expired(row)) {
            throw Problem.gone("This upload address has expired; create a new state version.");
        }
        return row;
    }

    private boolean expired(StateEntity row) {
        return row.uploadExpiresAt == null || clock.instant().isAfter(row.uploadExpiresAt);
    }

    private static void discard(StateEntity row) {
        row.status = "discarded";
    }
}
