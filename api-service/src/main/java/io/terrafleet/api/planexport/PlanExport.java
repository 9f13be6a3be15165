package io.terrafleet.api.planexport;

import io.terrafleet.contracts.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One export of a plan.
 *
 * @param id {@code pe-} and 16 letters or digits
 * @param dataType as it was asked for: {@code sentinel-mock-bundle-v0}
 * @param status the word of the TFE API: pending, finished, expired or errored
 * @param expiredAt when it ceased to be there
 */
public record PlanExport(
        String id,
        RunId run,
        String dataType,
        String status,
        Optional<String> error,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Optional<Instant> expiredAt) {}
