package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A price list that was read to its end.
 *
 * @param name of the list, for example {@code AmazonEC2}
 * @param version as the seller numbers it
 * @param published when
 * @param rows the prices that pricers use; whatever else the list has is left out
 * @param products how many products the list has
 */
public record Offer(String name, String version, LocalDate published, List<PriceRow> rows, long products) {
    public Offer {
        rows = List.copyOf(rows);
    }

    public Set<String> regions() {
        return rows.stream().map(PriceRow::region).collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    public Set<String> currencies() {
        return rows.stream().map(PriceRow::currency).collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
