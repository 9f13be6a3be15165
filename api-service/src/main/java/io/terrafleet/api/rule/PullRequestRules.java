package io.terrafleet.api.rule;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.agentpool.AgentPool;
import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to what is said of pull requests: a workspace's own word counts before its organization's. */
@ApplicationScoped
public class PullRequestRules {
    private final PullRequestRuleStore store;
    private final AgentPools pools;
    private final InstantSource clock;

    PullRequestRules(PullRequestRuleStore store, AgentPools pools, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.pools = pools;
        this.clock = clock;
    }

    /** What counts in the workspace. */
    @Transactional
    public PullRequestRule in(Workspace workspace) {
        String own = workspace.id().value();
        List<PullRequestRuleEntity> rows = store.find(List.of(own, workspace.organizationId()));
        PullRequestRule wide = view(rows, workspace.organizationId());
        return view(rows, own).or(wide);
    }

    /** What the place itself says. */
    @Transactional
    PullRequestRule of(Place place) {
        return store.find(owner(place)).map(PullRequestRules::view).orElse(PullRequestRule.NONE);
    }

    /** 422 for a pool that does not serve the place. */
    @Transactional
    PullRequestRule put(Place place, PullRequestRule rule) {
        rule.agentPoolId().ifPresent(id -> requireServing(place, id));
        PullRequestRuleEntity row = new PullRequestRuleEntity();
        row.ownerId = owner(place);
        row.organizationId = place.organizationId();
        row.workspaceId = place.workspaceId().orElse(null);
        row.providers = array(rule.providers());
        row.modules = array(rule.modules());
        row.agentPoolId = rule.agentPoolId().orElse(null);
        row.state = rule.state().map(PullRequestRule.State::word).orElse(null);
        row.commands = rule.commands().orElse(null);
        row.applyWhen = rule.apply().map(PullRequestRule.Apply::word).orElse(null);
        row.updatedAt = clock.instant();
        store.put(row);
        return rule;
    }

    private void requireServing(Place place, String poolId) {
        Optional<AgentPool> pool = place.workspaceId().isPresent()
                ? pools.serving(
                        poolId,
                        place.organizationId(),
                        place.workspaceId().get(),
                        place.projectId().orElse(""))
                : pools.find(poolId).filter(found -> found.organizationId().equals(place.organizationId()));
        if (pool.isEmpty()) {
            throw Problem.invalid(
                    "stranger-agent-pool-id", "Stranger agent pool id names no agent pool that serves this place");
        }
    }

    private static String owner(Place place) {
        return place.workspaceId().orElse(place.organizationId());
    }

    private static PullRequestRule view(List<PullRequestRuleEntity> rows, String owner) {
        return rows.stream()
                .filter(row -> row.ownerId.equals(owner))
                .findFirst()
                .map(PullRequestRules::view)
                .orElse(PullRequestRule.NONE);
    }

    private static PullRequestRule view(PullRequestRuleEntity row) {
        return new PullRequestRule(
                list(row.providers),
                list(row.modules),
                Optional.ofNullable(row.agentPoolId),
                Optional.ofNullable(row.state).map(PullRequestRule.State::of),
                Optional.ofNullable(row.commands),
                Optional.ofNullable(row.applyWhen).map(PullRequestRule.Apply::of));
    }

    private static Optional<List<String>> list(String @Nullable [] values) {
        return Optional.ofNullable(values).map(array -> List.copyOf(Arrays.asList(array)));
    }

    private static String @Nullable [] array(Optional<List<String>> values) {
        return values.map(list -> list.toArray(String[]::new)).orElse(null);
    }
}
