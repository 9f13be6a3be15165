package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The door to states. The newest finalized one of a workspace is its current state. Every change happens under the workspace's row. */
@Singleton
public class States {
    private static final int MOST_REMOVED = 1_000;
    private static final Logger LOG = Logger.getLogger(States.class);

    private final StateStore store;
    private final StateIntake intake;
    private final Artifacts artifacts;
    private final Secrets secrets;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final RandomGenerator random;

    States(
            StateStore store,
            StateIntake intake,
            Artifacts artifacts,
            Secrets secrets,
            Workspaces workspaces,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.intake = intake;
        this.artifacts = artifacts;
        this.secrets = secrets;
        this.workspaces = workspaces;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<StateVersion> find(String id) {
        return store.find(id).map(StateRows::view);
    }

    @Transactional
    public Optional<StateVersion> current(WorkspaceId workspace) {
        return store.current(workspace.value()).map(StateRows::view);
    }

    /** Newest first. */
    @Transactional
    public List<StateVersion> list(WorkspaceId workspace, Optional<String> status, int offset, int limit) {
        return store.list(workspace.value(), status, offset, limit).stream()
                .map(StateRows::view)
                .toList();
    }

    @Transactional
    public long count(WorkspaceId workspace, Optional<String> status) {
        return store.count(workspace.value(), status);
    }

    /** The raw state. */
    public byte[] content(String stateVersionId) {
        try (InputStream content = open(stateVersionId)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Problem not found while it is pending */
    @Transactional
    public InputStream open(String stateVersionId) {
        return artifacts.open(store.find(stateVersionId)
                .filter(row -> row.status.equals("finalized"))
                .flatMap(row -> Optional.ofNullable(row.artifactId))
                .orElseThrow(Problem::notFound));
    }

    /** What {@code terraform show -json} says of it; not found when it was not uploaded. */
    @Transactional
    public InputStream openJson(String stateVersionId) {
        return artifacts.open(store.find(stateVersionId)
                .filter(row -> row.status.equals("finalized"))
                .flatMap(row -> Optional.ofNullable(row.jsonArtifactId))
                .orElseThrow(Problem::notFound));
    }

    /** In the order of the state file, sensitive values withheld. */
    @Transactional
    public List<StateOutput> outputs(String stateVersionId) {
        if (store.find(stateVersionId)
                .filter(row -> row.status.startsWith("backing_data"))
                .isPresent()) {
            return List.of();
        }
        return store.outputs(stateVersionId).stream()
                .map(row -> output(row, !row.sensitive))
                .toList();
    }

    /** Of each of these. */
    @Transactional
    public Map<String, Surroundings> surroundings(Collection<String> stateVersionIds) {
        return stateVersionIds.isEmpty()
                ? Map.of()
                : store.surroundings(stateVersionIds).stream()
                        .collect(Collectors.toMap(row -> (String) row[0], Surroundings::of));
    }

    @Transactional
    public Surroundings surroundings(String stateVersionId) {
        return store.surroundings(stateVersionId).stream()
                .findFirst()
                .map(Surroundings::of)
                .orElse(Surroundings.NONE);
    }

    /** One output with its value, sensitive or not. */
    @Transactional
    public Optional<StateOutput> output(String id) {
        return store.output(id).map(row -> output(row, true));
    }

    /** @throws Problem 409 unless the caller holds the workspace and the state follows the current one; 422 for a bad one */
    @Transactional
    public StateVersion create(
            Principal who, WorkspaceId workspace, NewState wanted, byte[] raw, Optional<byte[]> json) {
        Succession.requireHeldBy(who, workspaces.forUpdate(workspace));
        Taken taken = intake.take(new ByteArrayInputStream(raw));
        StateRows.requireKept(wanted, taken);
        StateEntity row = StateRows.begin(Ids.make("sv", random), workspace, wanted, clock.instant());
        row.lineage = wanted.lineage().orElse(taken.file().lineage());
        row.createdById = who.id();
        if (!wanted.force()) {
            Succession.require(current(workspace), row.serial, row.lineage, row.md5, Optional.empty());
        }
        store.add(row);
        json.ifPresent(bytes -> row.jsonArtifactId = intake.takeJson(new ByteArrayInputStream(bytes)));
        intake.enter(row, taken);
        return told(row);
    }

    /**
     * A run ships its state, as often as Terraform writes it. What it shipped before gives way to the newer; content that is current
     * already changes nothing.
     *
     * @throws Problem 409 for another lineage or a serial that goes back, 422 for a state that cannot be read
     */
    @Transactional
    public StateVersion recordFromRun(WorkspaceId workspace, RunId run, byte[] raw) {
        workspaces.hold(workspace);
        Optional<StateVersion> before = current(workspace);
        Taken taken = intake.take(new ByteArrayInputStream(raw));
        if (before.filter(known -> known.md5().equals(taken.md5())).isPresent()) {
            intake.giveUp(taken);
            return before.get();
        }
        StateFile file = taken.file();
        Succession.require(before, file.serial(), file.lineage(), taken.md5(), Optional.of(run));
        NewState wanted = new NewState(file.serial(), taken.md5(), Optional.of(file.lineage()), false);
        StateEntity row = StateRows.begin(Ids.make("sv", random), workspace, wanted, clock.instant());
        row.runId = run.value();
        StateIntake.fill(row, taken);
        store.add(row);
        intake.enter(row, taken);
        before.filter(known -> known.run().equals(Optional.of(run))).ifPresent(known -> remove(known.id()));
        return told(row);
    }

    /** What a run has made: one, or none when it changed nothing. */
    @Transactional
    public List<String> ofRun(RunId run) {
        return store.idsOfRun(run.value());
    }

    /** The content of an older version becomes current again, under the next serial. The caller must hold the workspace. */
    @Transactional
    public StateVersion rollback(Principal who, WorkspaceId workspace, String id) {
        Succession.requireHeldBy(who, workspaces.forUpdate(workspace));
        StateVersion older = find(id).filter(found ->
                        found.workspace().equals(workspace) && found.content().isPresent())
                .orElseThrow(() -> Problem.invalidRelationship(
                        "rollback-state-version", "Rollback state version is not a finalized one of this workspace"));
        long serial = current(workspace).map(StateVersion::serial).orElse(older.serial()) + 1;
        Taken taken = intake.take(new ByteArrayInputStream(StateRows.renumbered(content(id), serial)));
        NewState wanted = new NewState(serial, taken.md5(), Optional.of(older.lineage()), true);
        StateEntity row = StateRows.begin(Ids.make("sv", random), workspace, wanted, clock.instant());
        row.createdById = who.id();
        row.rollbackOf = id;
        StateIntake.fill(row, taken);
        store.add(row);
        intake.enter(row, taken);
        return told(row);
    }

    /**
     * Deletes old states with their content; the current one stays, however old it is.
     *
     * @return how many, at most 1000 at a time
     */
    @Transactional
    public int removeOlderThan(WorkspaceId workspace, Instant instant) {
        String current = current(workspace).map(StateVersion::id).orElse("");
        List<String> old = store.finalizedBefore(workspace.value(), instant, MOST_REMOVED).stream()
                .map(row -> row.id)
                .filter(id -> !id.equals(current))
                .toList();
        old.forEach(this::remove);
        return old.size();
    }

    private void remove(String id) {
        store.find(id).ifPresent(row -> {
            store.remove(row);
            Optional.ofNullable(row.artifactId).ifPresent(artifacts::delete);
            Optional.ofNullable(row.jsonArtifactId).ifPresent(artifacts::delete);
        });
    }

    private StateVersion told(StateEntity row) {
        store.flush();
        LOG.infof("state %s of workspace %s, serial %d", row.id, row.workspaceId, row.serial);
        return StateRows.view(row);
    }

    private StateOutput output(StateOutputEntity row, boolean clear) {
        try {
            JsonNode value = clear
                    ? StateReading.NODES.readTree(secrets.unseal(row.sealedValue, StateIntake.context(row.id)))
                    : NullNode.getInstance();
            return new StateOutput(
                    row.id,
                    row.stateVersionId,
                    row.name,
                    row.sensitive,
                    Json.mapper().readTree(row.type),
                    value);
        } catch (IOException e) {
            throw new UncheckedIOException("the output " + row.id + " is not kept as JSON", e);
        }
    }
}
