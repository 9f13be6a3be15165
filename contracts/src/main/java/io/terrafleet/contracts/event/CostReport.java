package io.terrafleet.contracts.event;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cost-service remembers and knows, beside its decisions. Topic {@code terrafleet.cost-reports}. */
public sealed interface CostReport extends Fact {
    /** Shares told in the event; the smallest beyond are told by type alone. */
    int MOST_SHARES = 1_000;

    /**
     * An apply made a workspace cost this from now on; once for each applied run that has an estimate. The key is the workspace.
     *
     * @param organization its name then
     * @param prior what the workspace cost before, a month of 730 hours
     * @param monthly what it costs since
     * @param currency of all amounts, for example {@code USD}
     * @param pricesAsOf the date of the oldest price used
     */
    record CostRecorded(
            RunId run,
            WorkspaceId workspace,
            String organization,
            String projectId,
            String projectName,
            String workspaceName,
            Instant at,
            BigDecimal prior,
            BigDecimal monthly,
            String currency,
            Optional<LocalDate> pricesAsOf,
            List<CostShare> shares)
            implements CostReport {
        @Override
        public String key() {
            return workspace.value();
        }
    }

    /**
     * Resources of one type with the same tags.
     *
     * @param resources how many
     * @param monthly what they cost together, a month of 730 hours
     */
    record CostShare(String type, Map<String, String> tags, int resources, BigDecimal monthly) {}

    /**
     * How far the reading of an uploaded price list is. The key is the list.
     *
     * @param list its id
     * @param bytes of the unpacked list that have been read
     */
    record PriceListProgressed(String list, long bytes, Instant at) implements CostReport {
        @Override
        public String key() {
            return list;
        }
    }

    /**
     * A price list is in the book, whole. The key is the list.
     *
     * @param list its id
     * @param name of the list, for example {@code AmazonEC2}
     * @param version as the seller numbers it
     * @param regions at most 100 of them
     * @param prices how many were taken
     * @param products how many entries the list has
     */
    record PriceListTaken(
            String list,
            String name,
            String version,
            LocalDate published,
            List<String> regions,
            List<String> currencies,
            long prices,
            long products,
            Instant at)
            implements CostReport {
        @Override
        public String key() {
            return list;
        }
    }

    /**
     * Nothing of a price list was taken. The key is the list.
     *
     * @param list its id
     * @param reason a sentence for people: what is wrong, and where
     */
    record PriceListRefused(String list, String reason, Instant at) implements CostReport {
        @Override
        public String key() {
            return list;
        }
    }
}
