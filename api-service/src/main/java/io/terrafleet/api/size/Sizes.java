package io.terrafleet.api.size;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.RunSize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The door to sizes. What neither workspace nor pool says is the worker's to decide. */
@ApplicationScoped
public class Sizes {
    private static final String CPU_REQUEST = "cpu-request";
    private static final String CPU_LIMIT = "cpu-limit";
    private static final String MEMORY_REQUEST = "memory-request";
    private static final String MEMORY_LIMIT = "memory-limit";
    private static final String DISK = "disk";

    private final SizeStore store;
    private final InstantSource clock;
    private final long mostCpu;
    private final long mostMemory;
    private final long mostDisk;

    Sizes(SizeStore store, SizeConfig config, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.clock = clock;
        mostCpu = most("most-cpu", Amount.CPU, config.mostCpu());
        mostMemory = most("most-memory", Amount.MEMORY, config.mostMemory());
        mostDisk = most("most-disk", Amount.DISK, config.mostDisk());
    }

    private static long most(String key, Amount amount, String text) {
        return amount.read(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "terrafleet.size." + key + " \"" + text + "\" is not a Kubernetes quantity, as 2 and 4Gi are"));
    }

    @Transactional
    RunSize of(SizeOwner owner) {
        return store.findByIdOptional(owner.id()).map(SizeEntity::size).orElse(RunSize.UNSAID);
    }

    /** What the request does not name stays as it was, what is null in it is said no longer. */
    @Transactional
    RunSize change(SizeOwner owner, RequestDocument wish) {
        Optional<SizeEntity> known = store.findByIdOptional(owner.id());
        RunSize before = known.map(SizeEntity::size).orElse(RunSize.UNSAID);
        RunSize size = new RunSize(
                asked(wish, CPU_REQUEST, Amount.CPU, mostCpu, before.cpuRequest()),
                asked(wish, CPU_LIMIT, Amount.CPU, mostCpu, before.cpuLimit()),
                asked(wish, MEMORY_REQUEST, Amount.MEMORY, mostMemory, before.memoryRequest()),
                asked(wish, MEMORY_LIMIT, Amount.MEMORY, mostMemory, before.memoryLimit()),
                asked(wish, DISK, Amount.DISK, mostDisk, before.disk()));
        notLess(CPU_LIMIT, size.cpuLimit(), CPU_REQUEST, size.cpuRequest());
        notLess(MEMORY_LIMIT, size.memoryLimit(), MEMORY_REQUEST, size.memoryRequest());
        if (size.equals(RunSize.UNSAID)) {
            known.ifPresent(store::remove);
            return size;
        }
        SizeEntity row = known.orElseGet(() -> row(owner));
        row.size(size);
        row.updatedAt = clock.instant();
        store.persist(row);
        return size;
    }

    private static Optional<Long> asked(
            RequestDocument wish, String attribute, Amount amount, long most, Optional<Long> before) {
        if (wish.isNull(attribute)) {
            return Optional.empty();
        }
        return wish.text(attribute)
                .map(text -> amount.within(attribute, text, most))
                .or(() -> before);
    }

    private static void notLess(String limit, Optional<Long> most, String request, Optional<Long> asked) {
        if (most.isPresent() && asked.isPresent() && most.get() < asked.get()) {
            throw Problem.invalid(limit, limit + " must not be less than " + request);
        }
    }

    private static SizeEntity row(SizeOwner owner) {
        SizeEntity row = new SizeEntity();
        row.ownerId = owner.id();
        switch (owner) {
            case SizeOwner.OfWorkspace workspace -> row.workspaceId = workspace.id();
            case SizeOwner.OfPool pool -> row.poolId = pool.id();
        }
        return row;
    }

    /** What holds for the workspace's next run on the workers of this installation. */
    @Transactional
    public Optional<RunSize> applicableTo(WorkspaceId workspace) {
        return applicableTo(workspace, Optional.empty());
    }

    /** The same for one that goes to an agent pool: what the workspace does not say, the pool does. */
    @Transactional
    public Optional<RunSize> applicableTo(WorkspaceId workspace, Optional<String> poolId) {
        RunSize own = of(new SizeOwner.OfWorkspace(workspace.value()));
        RunSize size = poolId.map(id -> own.or(of(new SizeOwner.OfPool(id)))).orElse(own);
        return Optional.of(size).filter(said -> !said.equals(RunSize.UNSAID));
    }
}
