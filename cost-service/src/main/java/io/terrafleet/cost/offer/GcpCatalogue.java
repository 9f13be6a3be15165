package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Google Cloud's prices as the open catalogue of Cyclenerd/google-cloud-pricing-cost-calculator has them: machines, licences, disks,
 * network and buckets by region, in US dollars. Read event by event; only the path to each number is kept.
 */
final class GcpCatalogue {
    private static final String SERVICE = "GoogleCloud";
    private static final String SOURCE = "google-cloud-pricing-cost-calculator";
    private static final int LARGEST = 268_435_456;
    private static final int DEEPEST = 20;

    /** Every catalogue has prices of these; the sections of a file stand in the order of the alphabet. */
    private static final List<String> SECTIONS = List.of(
            "compute.instance",
            "compute.license",
            "compute.network",
            "compute.storage",
            "storage.bucket",
            "storage.retrieval");

    private static final BigDecimal TERABYTE = BigDecimal.valueOf(1_024);

    private final Rows rows = new Rows();
    private final List<String> path = new ArrayList<>();
    private @Nullable LocalDate published;
    private long products;
    private final Set<String> sections = new HashSet<>();

    private final List<PriceRow> pending = new ArrayList<>();

    static Offer read(InputStream in) throws OfferUnreadable, IOException {
        GcpCatalogue catalogue = new GcpCatalogue();
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(LARGEST);
        bounds.setNestingDepthLimit(DEEPEST);
        try {
            Iterable<Event> events =
                    new Yaml(new SafeConstructor(bounds)).parse(new InputStreamReader(in, StandardCharsets.UTF_8));
            catalogue.walk(events);
        } catch (YAMLException e) {
            throw new OfferUnreadable("the catalogue breaks off or is not YAML", e);
        }
        catalogue.requireWhole();
        LocalDate date = catalogue.published;
        if (date == null) {
            throw new OfferUnreadable("about.timestamp must say when the catalogue was made");
        }
        for (PriceRow row : catalogue.pending) {
            catalogue.rows.add(new PriceRow(
                    row.service(),
                    row.region(),
                    row.key(),
                    row.unit(),
                    row.from(),
                    row.price(),
                    row.currency(),
                    row.source(),
                    Optional.of(date)));
        }
        return new Offer("gcp-catalogue", date.toString(), date, catalogue.rows.rows(), catalogue.products);
    }

    /** A text that breaks off may still be YAML: then whole sections are missing, the last ones of the catalogue among them. */
    private void requireWhole() throws OfferUnreadable {
        List<String> missing =
                SECTIONS.stream().filter(section -> !sections.contains(section)).toList();
        if (!missing.isEmpty()) {
            throw new OfferUnreadable(
                    "the catalogue breaks off or is none: it has no " + String.join(", no ", missing));
        }
    }

    /** Mappings alternate between names and values; the path is the names down to here. */
    private void walk(Iterable<Event> events) throws OfferUnreadable {
        Deque<Boolean> mappings = new ArrayDeque<>();
        boolean named = false;
        for (Event event : events) {
            switch (event) {
                case AliasEvent alias -> throw new OfferUnreadable("the catalogue must not use aliases");
                case MappingStartEvent start -> {
                    mappings.push(true);
                    named = false;
                }
                case SequenceStartEvent start -> {
                    mappings.push(false);
                    named = false;
                }
                case MappingEndEvent end -> named = up(mappings);
                case SequenceEndEvent end -> named = up(mappings);
                case ScalarEvent scalar -> {
                    if (!mappings.isEmpty() && mappings.peek() && !named) {
                        path.add(scalar.getValue());
                        named = true;
                    } else if (!mappings.isEmpty() && mappings.peek()) {
                        value(scalar.getValue(), event.getStartMark().getLine() + 1);
                        path.removeLast();
                        named = false;
                    }
                }
                default -> {}
            }
        }
    }

    private boolean up(Deque<Boolean> mappings) {
        mappings.pop();
        if (!mappings.isEmpty() && mappings.peek() && !path.isEmpty()) {
            path.removeLast();
        }
        return false;
    }

    private void value(String value, int line) throws OfferUnreadable {
        if (path.equals(List.of("about", "timestamp"))) {
            long seconds = Rows.number(value, "about.timestamp", "line " + line).longValue();
            published = Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC).toLocalDate();
        } else if (path.size() >= 5 && path.contains("cost")) {
            products++;
            sections.add(path.get(0) + "." + path.get(1));
            Optional<Priced> item = item();
            if (item.isPresent()) {
                pending.add(item.get().at(Rows.number(value, "the price", "line " + line)));
            }
        }
    }

    private record Priced(String region, String key, String unit, BigDecimal from) {
        PriceRow at(BigDecimal price) {
            return new PriceRow(SERVICE, region, key, unit, from, price, "USD", SOURCE, Optional.empty());
        }
    }

    /** What the path names. */
    private Optional<Priced> item() {
        String last = path.getLast();
        String region = path.get(path.size() - 2);
        String kind = path.get(0) + "." + path.get(1);
        return switch (kind) {
            case "compute.instance" ->
                switch (last) {
                    case "hour" -> row(region, PriceRow.instanceKey(path.get(2), "OnDemand"), "Hrs", BigDecimal.ZERO);
                    case "hour_spot" -> row(region, PriceRow.instanceKey(path.get(2), "Spot"), "Hrs", BigDecimal.ZERO);
                    default -> Optional.empty();
                };
            case "compute.license" ->
                last.equals("hour")
                        ? row("global", "license " + region + " " + path.get(2), "Hrs", BigDecimal.ZERO)
                        : Optional.empty();
            case "compute.storage" ->
                last.equals("month") ? row(region, "disk " + path.get(2), "GB-Mo", BigDecimal.ZERO) : Optional.empty();
            case "compute.network" -> network(last, region);
            case "storage.bucket", "storage.retrieval" ->
                last.equals("month")
                        ? row(region, path.get(1) + " " + path.get(2), "GB", BigDecimal.ZERO)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Priced> network(String last, String region) {
        String what = path.get(2) + " " + path.get(3);
        if (what.equals("traffic egress")) {
            boolean ordinary = path.size() == 9
                    && path.get(4).equals("internet")
                    && path.get(5).equals("cost");
            return ordinary && last.equals("month")
                    ? row(region, "network egress internet", "GB", start(path.get(6)))
                    : Optional.empty();
        }
        boolean byAmount = what.equals("nat data");
        return last.equals(byAmount ? "month" : "hour")
                ? row(region, "network " + what, byAmount ? "GB" : "Hrs", BigDecimal.ZERO)
                : Optional.empty();
    }

    /** {@code 0-1}, {@code 1-10} and {@code 10n} are terabytes. */
    private static BigDecimal start(String range) {
        String digits = range.replaceAll("\\D.*", "");
        return digits.isEmpty() || digits.length() > 9 ? BigDecimal.ZERO : new BigDecimal(digits).multiply(TERABYTE);
    }

    private static Optional<Priced> row(String region, String key, String unit, BigDecimal from) {
        return Optional.of(new Priced(region, key, unit, from));
    }
}
