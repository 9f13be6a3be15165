package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;

/** The door to who may read whose state: which workspaces' runs, beside people, see the state of a workspace. */
@ApplicationScoped
public class RemoteStates {
    private static final int MOST = 1_000;

    private final RemoteStateStore store;
    private final WorkspaceStore workspaces;
    private final WorkspaceReading reading;
    private final Grants grants;

    RemoteStates(RemoteStateStore store, WorkspaceStore workspaces, WorkspaceReading reading, Grants grants) {
        this.store = store;
        this.workspaces = workspaces;
        this.reading = reading;
        this.grants = grants;
    }

    /** Whether a run of the reading workspace may see the state of the other: always its own, others as they share it. */
    @Transactional
    public boolean mayRead(WorkspaceId reader, WorkspaceId source) {
        return grants.sharesState(reader.value(), source.value());
    }

    /**
     * Whose runs may read the state, by name.
     *
     * @param named only those that are named, although the workspace shares its state with its project or its organization
     */
    @Transactional
    public List<Workspace> consumers(Workspace shared, boolean named, Visibility visible, int offset, int limit) {
        return reading.views(store.consumers(reach(shared, named), visible, offset, limit));
    }

    @Transactional
    public long count(Workspace shared, boolean named, Visibility visible) {
        return store.count(reach(shared, named), visible);
    }

    private static RemoteStateStore.Reach reach(Workspace shared, boolean named) {
        if (!named && shared.traits().globalRemoteState()) {
            return new RemoteStateStore.Reach.Organization(shared.id().value(), shared.organizationId());
        }
        if (!named && shared.traits().projectRemoteState()) {
            return new RemoteStateStore.Reach.Project(shared.id().value(), shared.projectId());
        }
        return new RemoteStateStore.Reach.Named(shared.id().value());
    }

    @Transactional
    public void add(WorkspaceId id, Collection<String> consumerIds) {
        WorkspaceEntity shared = workspaces.forUpdate(id.value()).orElseThrow(Problem::notFound);
        consumerIds.forEach(consumer -> store.add(shared.id, known(shared, consumer)));
        workspaces.flush();
        if (store.count(new RemoteStateStore.Reach.Named(shared.id), new Visibility(true, List.of())) > MOST) {
            throw Problem.unprocessable("A workspace may have at most " + MOST + " remote state consumers.");
        }
    }

    /** Removing what is not there changes nothing. */
    @Transactional
    public void remove(WorkspaceId id, Collection<String> consumerIds) {
        consumerIds.forEach(consumer -> store.remove(id.value(), consumer));
    }

    /** Exactly these afterwards. */
    @Transactional
    public void replace(WorkspaceId id, Collection<String> consumerIds) {
        store.removeAll(id.value());
        add(id, consumerIds);
    }

    private String known(WorkspaceEntity shared, String consumer) {
        if (consumer.equals(shared.id)) {
            throw Problem.unprocessable(
                    "A workspace cannot be its own remote state consumer; it reads its state anyway.");
        }
        return workspaces
                .find(consumer)
                .filter(found -> Ids.isOne("ws", consumer) && found.organizationId.equals(shared.organizationId))
                .map(found -> found.id)
                .orElseThrow(() -> Problem.unprocessable("There is no workspace \""
                        + (consumer.length() > 60 ? consumer.substring(0, 60) + "…" : consumer)
                        + "\" in this organization."));
    }
}
