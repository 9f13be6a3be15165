package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The door through which people and pipelines hold a workspace and let it go. The texts are those that clients compare. */
@ApplicationScoped
public class WorkspaceLocks {
    private static final int LONGEST_REASON = 1_000;

    private final WorkspaceStore store;
    private final WorkspaceReading reading;
    private final Event<WorkspaceUnlocking> unlocking;
    private final Event<WorkspaceUnlocked> unlocked;
    private final InstantSource clock;

    WorkspaceLocks(
            WorkspaceStore store,
            WorkspaceReading reading,
            Event<WorkspaceUnlocking> unlocking,
            Event<WorkspaceUnlocked> unlocked,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.reading = reading;
        this.unlocking = unlocking;
        this.unlocked = unlocked;
        this.clock = clock;
    }

    /** 409 when anybody holds it, the caller too: a lock is not counted. */
    @Transactional
    public Workspace lock(WorkspaceId id, Principal who, String reason) {
        if (reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.invalid("reason", "Reason may have at most 1000 characters and no NUL character");
        }
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        WorkspaceReading.lock(workspace).ifPresent(lock -> {
            throw Problem.conflict("The workspace is already locked by "
                    + lock.holder().title() + " " + lock.holderName() + " since " + lock.since() + ".");
        });
        workspace.take(new Lock(Holder.of(who), who.id(), who.name(), reason, clock.instant()));
        return reading.view(workspace);
    }

    /** Only the holder may; others force it. */
    @Transactional
    public Workspace unlock(WorkspaceId id, Principal who) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        Lock lock = WorkspaceReading.lock(workspace)
                .orElseThrow(() -> Problem.conflict("Unable to unlock the workspace: it is already unlocked."));
        if (lock.holder() == Holder.RUN) {
            throw Problem.conflict("Unable to unlock: the workspace is locked by Run " + lock.holderId()
                    + ". It is released when the run ends; discard or cancel the run to end it.");
        }
        if (!lock.isOf(Holder.of(who), who.id())) {
            throw Problem.conflict("Unable to unlock: the workspace is locked by "
                    + lock.holder().title() + " " + lock.holderName()
                    + ". An owner of the organization may force it.");
        }
        return letGo(workspace, false);
    }

    /** Takes a person's lock away. A run's is not taken: the run would go on without it, so it must be ended instead. */
    @Transactional
    public Workspace forceUnlock(WorkspaceId id) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        Optional<Lock> lock = WorkspaceReading.lock(workspace);
        if (lock.isEmpty()) {
            throw Problem.conflict("Unable to unlock the workspace: it is already unlocked.");
        }
        if (lock.get().holder() == Holder.RUN) {
            throw Problem.unprocessable(
                    "The workspace is locked by Run " + lock.get().holderId()
                            + ", and a run's lock cannot be forced. Discard or cancel the run; that releases the workspace.");
        }
        return letGo(workspace, true);
    }

    private Workspace letGo(WorkspaceEntity workspace, boolean forced) {
        unlocking.fire(new WorkspaceUnlocking(reading.view(workspace), forced));
        workspace.letGo();
        store.flush();
        unlocked.fire(new WorkspaceUnlocked(new WorkspaceId(workspace.id)));
        return reading.view(workspace);
    }
}
