package io.terrafleet.api.agentpool;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.agentpool.AgentPoolStore.Wanted;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to agent pools: at most 500 to an organization. */
@ApplicationScoped
public class AgentPools {
    private static final int MOST = 500;

    private final AgentPoolStore store;
    private final Tokens tokens;
    private final InstantSource clock;
    private final RandomGenerator random;

    AgentPools(
            AgentPoolStore store,
            Tokens tokens,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<AgentPool> find(String id) {
        return store.find(id).map(this::view);
    }

    /** The pool, when it is of the organization and the workspace's runs may go to it. */
    @Transactional
    public Optional<AgentPool> serving(String id, String organizationId, String workspaceId, String projectId) {
        return find(id).filter(pool -> pool.organizationId().equals(organizationId))
                .filter(pool -> pool.serves(workspaceId, projectId));
    }

    /** Ids of the pools with these names; names that none has bring nothing. */
    @Transactional
    public List<String> named(String organizationId, List<String> names) {
        return store.named(organizationId, names);
    }

    @Transactional
    List<AgentPool> list(Wanted wanted, int offset, int limit) {
        return store.list(wanted, offset, limit).stream().map(this::view).toList();
    }

    @Transactional
    long count(Wanted wanted) {
        return store.count(wanted);
    }

    /** Ids of the workspaces whose runs go to the pool, by name; at most 1000. */
    @Transactional
    List<String> users(String id) {
        return store.users(id);
    }

    @Transactional
    AgentPool create(String organizationId, AgentPoolSettings settings) {
        if (store.count(new Wanted(organizationId, "", "", "", false)) >= MOST) {
            throw Problem.unprocessable("An organization may have at most " + MOST + " agent pools.");
        }
        AgentPoolEntity pool = new AgentPoolEntity();
        pool.id = Ids.make("apool", random);
        pool.organizationId = organizationId;
        pool.name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        pool.organizationScoped = settings.organizationScoped().orElse(true);
        pool.createdAt = clock.instant();
        store.add(pool);
        store.flush();
        scope(pool, settings);
        return view(pool);
    }

    @Transactional
    AgentPool change(String id, AgentPoolSettings settings) {
        AgentPoolEntity pool = store.forUpdate(id).orElseThrow(Problem::notFound);
        settings.name().ifPresent(name -> pool.name = name);
        settings.organizationScoped().ifPresent(scoped -> pool.organizationScoped = scoped);
        store.flush();
        scope(pool, settings);
        return view(pool);
    }

    /** With its tokens; refused while something sends its runs there. */
    @Transactional
    void delete(String id) {
        AgentPoolEntity pool = store.forUpdate(id).orElseThrow(Problem::notFound);
        int users = store.users(id).size();
        if (users > 0 || store.defaults(id) > 0) {
            throw Problem.conflict("The agent pool is still used by " + users + " workspaces and " + store.defaults(id)
                    + " defaults of projects and the organization; take it from them first.");
        }
        tokens.ofAgents(id).forEach(token -> tokens.revoke(token.id()));
        store.remove(pool);
    }

    private void scope(AgentPoolEntity pool, AgentPoolSettings settings) {
        settings.allowedWorkspaces().ifPresent(ids -> workspaces(pool, "allowed-workspaces", false, ids));
        settings.excludedWorkspaces().ifPresent(ids -> workspaces(pool, "excluded-workspaces", true, ids));
        settings.allowedProjects().ifPresent(ids -> {
            requireKnown(pool, "ProjectEntity", "allowed-projects", ids);
            store.projects(pool.id).forEach(store::remove);
            ids.stream().distinct().forEach(id -> {
                AgentPoolProjectEntity row = new AgentPoolProjectEntity();
                row.poolId = pool.id;
                row.projectId = id;
                store.add(row);
            });
        });
        store.flush();
    }

    private void workspaces(AgentPoolEntity pool, String relationship, boolean excluded, List<String> ids) {
        requireKnown(pool, "WorkspaceEntity", relationship, ids);
        store.workspaces(pool.id).stream()
                .filter(row -> row.excluded == excluded)
                .forEach(store::remove);
        ids.stream().distinct().forEach(id -> {
            AgentPoolWorkspaceEntity row = new AgentPoolWorkspaceEntity();
            row.poolId = pool.id;
            row.workspaceId = id;
            row.excluded = excluded;
            store.add(row);
        });
    }

    private void requireKnown(AgentPoolEntity pool, String entity, String relationship, List<String> ids) {
        if (store.known(entity, pool.organizationId, ids) != new HashSet<>(ids).size()) {
            throw Problem.invalidRelationship(
                    relationship, "Some of these ids belong to nothing in this organization: " + relationship);
        }
    }

    private AgentPool view(AgentPoolEntity pool) {
        List<AgentPoolWorkspaceEntity> workspaces = store.workspaces(pool.id);
        return new AgentPool(
                pool.id,
                pool.organizationId,
                pool.name,
                pool.organizationScoped,
                ids(workspaces, false),
                store.projects(pool.id).stream().map(row -> row.projectId).toList(),
                ids(workspaces, true),
                pool.createdAt);
    }

    private static List<String> ids(List<AgentPoolWorkspaceEntity> rows, boolean excluded) {
        return rows.stream()
                .filter(row -> row.excluded == excluded)
                .map(row -> row.workspaceId)
                .toList();
    }
}
