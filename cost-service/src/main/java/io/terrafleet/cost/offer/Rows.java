package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rows of one list while it is read: bounded, each checked, no price said twice with different amounts. */
final class Rows {
    /** Several times what the largest list of all regions gives; as many fit into the memory that a service has. */
    private static final int MOST = 500_000;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,20})?([eE]-?\\d{1,2})?");
    private static final Pattern NEGATIVE = Pattern.compile("-\\d.*");

    private final Map<String, Map<BigDecimal, PriceRow>> byItem = new HashMap<>();
    private int size;

    /**
     * A number as lists write it.
     *
     * @param where for people, for example {@code SKU 4HQ}
     */
    static BigDecimal number(String text, String what, String where) throws OfferUnreadable {
        if (NEGATIVE.matcher(text).matches()) {
            throw new OfferUnreadable(where + ": " + what + " is negative (" + shown(text) + ")");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new OfferUnreadable(where + ": " + what + " must be a number, not \"" + shown(text) + "\"");
        }
        return new BigDecimal(text).stripTrailingZeros();
    }

    /** A currency that the book has; China's regions have one of their own. */
    static String currency(String currency, String region, String where) throws OfferUnreadable {
        String wanted = region.startsWith("cn-") ? "CNY" : "USD";
        if (!currency.equals(wanted)) {
            throw new OfferUnreadable(where + ": the price is in " + shown(currency) + ", but prices of " + region
                    + " must be in " + wanted);
        }
        return currency;
    }

    static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Of several prices for the same, as lists have for engines that cost alike, the highest stays. */
    void add(PriceRow row) throws OfferUnreadable {
        if (size >= MOST) {
            throw new OfferUnreadable("the list has more than " + MOST + " prices");
        }
        String item = row.service() + "|" + row.region() + "|" + row.key();
        Map<BigDecimal, PriceRow> tiers = byItem.computeIfAbsent(item, key -> new HashMap<>(2));
        PriceRow other = tiers.get(row.from());
        if (other == null) {
            size++;
        }
        if (other == null || other.price().compareTo(row.price()) < 0) {
            tiers.put(row.from(), row);
        }
    }

    void add(
            AwsItems.Item item, String from, String price, String currency, String source, LocalDate date, String where)
            throws OfferUnreadable {
        BigDecimal amount = number(price, "the price", where);
        BigDecimal start = number(from.isEmpty() ? "0" : from, "the start of its range", where);
        BigDecimal factor = item.factor();
        BigDecimal units = factor.compareTo(BigDecimal.ONE) > 0 ? start.divide(factor) : start.multiply(BigDecimal.ONE);
        add(new PriceRow(
                item.service(),
                item.region(),
                item.key(),
                item.unit(),
                units.add(item.from()).stripTrailingZeros(),
                amount.multiply(factor).stripTrailingZeros(),
                currency(currency, item.region(), where),
                source,
                Optional.of(date)));
    }

    /** All rows; items that cost nothing at all are left out, as lists say so of what is billed under another name. */
    List<PriceRow> rows() {
        List<PriceRow> rows = new ArrayList<>(size);
        byItem.values().stream()
                .filter(tiers ->
                        tiers.values().stream().anyMatch(row -> row.price().signum() > 0))
                .forEach(tiers -> rows.addAll(tiers.values()));
        return rows;
    }
}
