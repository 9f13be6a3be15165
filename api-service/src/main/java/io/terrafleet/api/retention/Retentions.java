package io.terrafleet.api.retention;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceQuery;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The door to data retention. A workspace's own policy counts before its organization's. */
@ApplicationScoped
public class Retentions {
    private static final Logger LOG = Logger.getLogger(Retentions.class);
    private static final int MOST_DAYS = 36_500;
    private static final int AT_ONCE = 100;

    private final RetentionStore store;
    private final Workspaces workspaces;
    private final States states;
    private final InstantSource clock;
    private final RandomGenerator random;

    Retentions(
            RetentionStore store,
            Workspaces workspaces,
            States states,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.states = states;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<RetentionPolicy> of(Keeper keeper) {
        return store.of(keeper).map(Retentions::view);
    }

    /** @param days absent: nothing is ever deleted */
    @Transactional
    public RetentionPolicy set(Keeper keeper, Optional<Long> days) {
        days.filter(number -> number < 1 || number > MOST_DAYS).ifPresent(number -> {
            throw Problem.invalid(
                    "delete-older-than-n-days", "Delete older than n days must be from 1 to " + MOST_DAYS);
        });
        RetentionEntity row = store.of(keeper).orElseGet(() -> {
            RetentionEntity made = new RetentionEntity();
            made.id = Ids.make("drp", random);
            made.organizationId = keeper.organizationId();
            made.workspaceId = keeper.workspaceId().orElse(null);
            store.add(made);
            return made;
        });
        row.days = days.map(Math::toIntExact).orElse(null);
        return view(row);
    }

    @Transactional
    public void delete(Keeper keeper) {
        store.of(keeper).ifPresent(store::remove);
    }

    @Transactional
    List<RetentionEntity> deleting() {
        return store.deleting();
    }

    @Scheduled(
            identity = "data-retention",
            every = "1h",
            delayed = "5m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        for (RetentionEntity policy : deleting()) {
            int days = policy.days == null ? MOST_DAYS : policy.days;
            if (policy.workspaceId != null) {
                sweep(new WorkspaceId(policy.workspaceId), days);
            } else {
                sweepOrganization(policy.organizationId, days);
            }
        }
    }

    private void sweepOrganization(String organizationId, int days) {
        WorkspaceQuery all = WorkspaceQuery.all(organizationId);
        for (int offset = 0; ; offset += AT_ONCE) {
            List<Workspace> part = workspaces.list(all, offset, AT_ONCE);
            part.stream()
                    .filter(workspace -> of(new Keeper(
                                    organizationId, Optional.of(workspace.id().value())))
                            .isEmpty())
                    .forEach(workspace -> sweep(workspace.id(), days));
            if (part.size() < AT_ONCE) {
                return;
            }
        }
    }

    private void sweep(WorkspaceId id, int days) {
        int removed = states.removeOlderThan(id, clock.instant().minus(Duration.ofDays(days)));
        if (removed > 0) {
            LOG.infof("old states deleted workspaceId=%s count=%d days=%d", id, removed, days);
        }
    }

    private static RetentionPolicy view(RetentionEntity row) {
        return new RetentionPolicy(row.id, Optional.ofNullable(row.days));
    }
}
