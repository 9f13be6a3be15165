package io.terrafleet.cost.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workspace costs from a moment on.
 *
 * @param run whose apply made it so
 * @param prior what it cost before, a month of 730 hours
 * @param monthly what it costs since
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
