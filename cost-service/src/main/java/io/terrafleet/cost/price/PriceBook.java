package io.terrafleet.cost.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On-demand list prices. Immutable. The shipped book is compiled from public price facts; each row keeps its source
 * and date ({@code resources/prices}).
 */
public final class PriceBook {
    private static final List<String> INSTANCE_COLUMNS =
            List.of("service", "region", "type", "variant", "usd_per_hour", "source", "date");
    private static final List<String> SERVICE_COLUMNS =
            List.of("service", "region", "key", "unit", "tier_from", "usd", "verified_by", "note");
    private static final Pattern DATE = Pattern.compile("\\b(20\\d\\d-\\d\\d-\\d\\d)\\b");

    private final Map<Item, Quote.Found> prices;
    private final Map<String, TreeSet<String>> regionsOfService = new TreeMap<>();

    private record Item(String service, String region, String key) {}

    private PriceBook(Map<Item, Quote.Found> prices) {
        this.prices = prices;
        prices.keySet().forEach(item -> regionsOfService
                .computeIfAbsent(item.service(), service -> new TreeSet<>())
                .add(item.region()));
    }

    /** The book that comes with the software. */
    public static PriceBook shipped() {
        List<PriceRow> rows = new ArrayList<>(6_000);
        instances(rows, "default_catalogue_instances.csv");
        services(rows, "default_catalogue_services_us-east-1.csv");
        services(rows, "supplement.csv");
        services(rows, "observed.csv");
        return new PriceBook(quotes(rows));
    }

    /** This book with other prices over it: what they name is priced as they say, tiers and all. */
    public PriceBook with(List<PriceRow> rows) {
        Map<Item, Quote.Found> merged = new HashMap<>(prices);
        merged.putAll(quotes(rows));
        return new PriceBook(merged);
    }

    private static Map<Item, Quote.Found> quotes(List<PriceRow> rows) {
        Map<Item, List<PriceRow>> byItem = HashMap.newHashMap(rows.size());
        for (PriceRow row : rows) {
            Item item = new Item(row.service(), row.region(), row.key());
            List<PriceRow> tiers = byItem.computeIfAbsent(item, key -> new ArrayList<>(1));
            if (tiers.stream().anyMatch(other -> other.from().compareTo(row.from()) == 0)) {
                throw new IllegalArgumentException("a second price for " + item);
            }
            tiers.add(row);
        }
        Map<Item, Quote.Found> quotes = HashMap.newHashMap(byItem.size());
        byItem.forEach((item, tiers) -> quotes.put(item, quote(tiers)));
        return quotes;
    }

    /** The monthly, hourly or per-use price of a service's item, for example {@code NatGateway-Hours}. */
    public Quote rate(String service, String region, String key) {
        Quote.Found found = prices.get(new Item(service, region, key));
        return found == null ? new Quote.Missing(missing(service, region, key)) : found;
    }

    /**
     * The price of an hour of a sized instance.
     *
     * @param variants what runs on it, for example {@code Linux/Shared} or {@code PostgreSQL}; the first one in the book is taken
     */
    public Quote instance(String service, String region, String type, List<String> variants) {
        for (String variant : variants) {
            Quote.Found found = prices.get(new Item(service, region, PriceRow.instanceKey(type, variant)));
            if (found != null) {
                return found;
            }
        }
        return new Quote.Missing(missing(service, region, type + " (" + variants.getFirst() + ")"));
    }

    public int size() {
        return prices.size();
    }

    private String missing(String service, String region, String key) {
        TreeSet<String> regions = regionsOfService.get(service);
        if (regions == null) {
            return "the price book has no " + service + " prices, so none for " + key;
        }
        if (!regions.contains(region)) {
            return "the price book has " + service + " prices for " + String.join(" and ", regions) + ", not for "
                    + region + ", so none for " + key;
        }
        return "the price book has no " + service + " price for " + key + " in " + region;
    }

    private static Quote.Found quote(List<PriceRow> rows) {
        rows.sort(Comparator.comparing(PriceRow::from));
        PriceRow first = rows.getFirst();
        List<Tier> tiers =
                rows.stream().map(row -> new Tier(row.from(), row.price())).toList();
        return new Quote.Found(tiers, first.unit(), first.source(), first.date(), first.currency());
    }

    private static void instances(List<PriceRow> rows, String file) {
        each(
                file,
                INSTANCE_COLUMNS,
                field -> rows.add(new PriceRow(
                        field.get(0),
                        field.get(1),
                        PriceRow.instanceKey(field.get(2), field.get(3)),
                        "Hrs",
                        BigDecimal.ZERO,
                        new BigDecimal(field.get(4)),
                        "USD",
                        field.get(5),
                        Optional.of(LocalDate.parse(field.get(6))))));
    }

    private static void services(List<PriceRow> rows, String file) {
        each(file, SERVICE_COLUMNS, field -> {
            Matcher date = DATE.matcher(field.get(6));
            rows.add(new PriceRow(
                    field.get(0),
                    field.get(1),
                    field.get(2),
                    field.get(3),
                    new BigDecimal(field.get(4)),
                    new BigDecimal(field.get(5)),
                    field.get(1).startsWith("cn-") ? "CNY" : "USD",
                    field.get(6),
                    date.find() ? Optional.of(LocalDate.parse(date.group(1))) : Optional.empty()));
        });
    }

    private static void each(String file, List<String> columns, java.util.function.Consumer<List<String>> row) {
        try (InputStream in = PriceBook.class.getResourceAsStream("/prices/" + file)) {
            if (in == null) {
                throw new IllegalStateException("prices/" + file + " is not on the class path");
            }
            CsvRows.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), columns, row);
        } catch (IOException e) {
            throw new UncheckedIOException("prices/" + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
