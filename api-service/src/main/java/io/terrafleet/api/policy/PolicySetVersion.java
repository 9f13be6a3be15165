package io.terrafleet.api.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * All policies of a set as one archive.
 *
 * @param id {@code polsetver-} and 16 letters or digits
 * @param source {@code tfe-api} for an upload, {@code git} for a commit
 * @param commit that it was taken from, 40 hexadecimal digits
 * @param identifier of the repository that the commit is of
 * @param status {@code pending} until the archive is there, then {@code ready} or {@code errored}
 */
public record PolicySetVersion(
        String id,
        String policySetId,
        String source,
        Optional<String> commit,
        Optional<String> identifier,
        String status,
        Optional<String> error,
        Instant createdAt,
        Instant updatedAt) {}
