package io.terrafleet.api.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A change as it is told later.
 *
 * @param changes a JSON array of {@code name}, {@code before} and {@code after}
 */
public record AuditEntry(
        String id,
        Optional<String> organizationId,
        Instant at,
        String actorKind,
        String actorId,
        String actorName,
        Optional<String> address,
        Optional<String> requestId,
        String resource,
        String resourceId,
        String action,
        String changes) {}
