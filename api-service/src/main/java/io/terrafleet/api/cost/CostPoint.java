package io.terrafleet.api.cost;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workspace costs from a moment on.
 *
 * @param run whose apply made it so; empty at the end of a workspace
 * @param organization its name
 * @param prior what it cost before, a month of 730 hours
 * @param monthly what it costs since
 * @param currency of both, for example {@code USD}
 * @param pricesAsOf the date of the oldest price used
 * @param shares of which it consists, by type and tags
 */
public record CostPoint(
        String run,
        Instant at,
        String organization,
        String projectId,
        String projectName,
        String workspaceId,
        String workspaceName,
        BigDecimal prior,
        BigDecimal monthly,
        String currency,
        Optional<LocalDate> pricesAsOf,
        List<Share> shares) {
    public CostPoint {
        shares = List.copyOf(shares);
    }

    /** The end of the workspace whose last point this is. */
    CostPoint ended(Instant when) {
        return new CostPoint(
                "",
                when,
                organization,
                projectId,
                projectName,
                workspaceId,
                workspaceName,
                monthly,
                BigDecimal.ZERO.setScale(2),
                currency,
                pricesAsOf,
                List.of());
    }

    /**
     * Resources of one type with the same tags.
     *
     * @param resources how many
     * @param monthly what they cost together, a month of 730 hours
     */
    public record Share(String type, Map<String, String> tags, int resources, BigDecimal monthly) {
        public Share {
            tags = Map.copyOf(tags);
        }
    }
}
