package io.terrafleet.api.size;

import io.terrafleet.contracts.event.RunSize;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "run_size")
@SuppressWarnings("NullAway.Init")
class SizeEntity {
    @Id
    @Column(name = "owner_id")
    String ownerId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    @Column(name = "pool_id")
    @Nullable
    String poolId;

    @Column(name = "cpu_request")
    @Nullable
    Long cpuRequest;

    @Column(name = "cpu_limit")
    @Nullable
    Long cpuLimit;

    @Column(name = "memory_request")
    @Nullable
    Long memoryRequest;

    @Column(name = "memory_limit")
    @Nullable
    Long memoryLimit;

    @Nullable
    Long disk;

    @Column(name = "updated_at")
    Instant updatedAt;

    RunSize size() {
        return new RunSize(
                Optional.ofNullable(cpuRequest),
                Optional.ofNullable(cpuLimit),
                Optional.ofNullable(memoryRequest),
                Optional.ofNullable(memoryLimit),
                Optional.ofNullable(disk));
    }

    void size(RunSize size) {
        cpuRequest = size.cpuRequest().orElse(null);
        cpuLimit = size.cpuLimit().orElse(null);
        memoryRequest = size.memoryRequest().orElse(null);
        memoryLimit = size.memoryLimit().orElse(null);
        disk = size.disk().orElse(null);
    }
}
