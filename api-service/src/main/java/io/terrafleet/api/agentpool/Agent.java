package io.terrafleet.api.agentpool;

import java.time.Instant;
import java.util.Optional;

/**
 * A process somewhere else that takes jobs of its pool.
 *
 * @param id {@code agent-} and 16 letters or digits
 * @param address where it called from when it was heard of last
 * @param status {@code idle}, {@code busy}, {@code unknown} (not heard of for a while) or {@code exited}
 */
public record Agent(
        String id,
        String poolId,
        String name,
        Optional<String> address,
        String status,
        Instant createdAt,
        Instant lastPingAt) {
    /** Whether it can be given work, now or soon. */
    public boolean connected() {
        return status.equals("idle") || status.equals("busy");
    }
}
