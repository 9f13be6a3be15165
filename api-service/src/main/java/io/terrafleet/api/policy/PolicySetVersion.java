package io.terrafleet.api.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * All policies of a set as one archive.
 *
 * @param id {@code polsetver-} and 16 letters or digits
 * @param status {@code pending} until the archive is there, then {@code ready} or {@code errored}
 */
public record PolicySetVersion(
        String id, String policySetId, String status, Optional<String> error, Instant createdAt, Instant updatedAt) {}
