package io.terrafleet.cost.resource;

import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.price.Tier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one resource costs in a month, as its pricer writes it down. */
public final class Bill {
    /** Hours of a month, as every seller and estimator counts them. */
    public static final BigDecimal HOURS = BigDecimal.valueOf(730);

    private static final int MOST_LINES = 500;
    private static final int MOST_NOTES = 20;

    private final PriceBook book;
    private final List<Component> components = new ArrayList<>();
    private final Set<String> assumptions = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> currencies = new TreeSet<>();
    private String part = "";
    private boolean usage;
    private @Nullable LocalDate pricesAsOf;

    public Bill(PriceBook book) {
        this.book = book;
    }

    public PriceBook book() {
        return book;
    }

    /** {@code count} things for all hours of the month. */
    public void hourly(String name, BigDecimal count, Quote quote) {
        monthly(name, "hours", count.multiply(HOURS), BigDecimal.ONE, quote);
    }

    public void monthly(String name, String unit, BigDecimal quantity, Quote quote) {
        monthly(name, unit, quantity, BigDecimal.ONE, quote);
    }

    /** {@code count} things of {@code quantity} units each: tiers count for each thing alone. */
    public void monthly(String name, String unit, BigDecimal quantity, BigDecimal count, Quote quote) {
        switch (quote) {
            case Quote.Missing missing -> missing(name, missing.reason());
            case Quote.Found found -> tiers(name, unit, quantity, count, found);
        }
    }

    /** A line whose quantity only use can tell, and nothing tells it: shown with its price and no quantity. */
    public void usage(String name, String unit, Quote quote) {
        used(name, unit, Optional.empty(), quote);
    }

    /** A line by use: as much as is known, or its price alone. Tiers have lines of their own. */
    public void used(String name, String unit, Optional<BigDecimal> quantity, Quote quote) {
        usage = true;
        switch (quote) {
            case Quote.Found found -> usedTiers(name, unit, quantity.orElse(BigDecimal.ZERO), found);
            case Quote.Missing missing -> {
                if (quantity.filter(amount -> amount.signum() > 0).isPresent()) {
                    missing(name, missing.reason());
                }
            }
        }
    }

    /** The lines that {@code lines} writes are for a part of the resource, for example a disk of an instance. */
    public void part(String name, Runnable lines) {
        String outer = part;
        part = outer.isEmpty() ? name : outer + "/" + name;
        try {
            lines.run();
        } finally {
            part = outer;
        }
    }

    /** Billed by use only, at a price that the book need not know. */
    public void usageOnly() {
        usage = true;
    }

    /** Something that is always billed has no price: the bill is a lower bound and says so. */
    public void missing(String name, String reason) {
        note(problems, "no price for " + name + ": " + reason);
    }

    /** The plan says nothing sensible: no line of this bill counts. */
    public void refuse(String reason) {
        components.clear();
        usage = false;
        note(problems, "not priced: " + reason);
    }

    /** Something the plan does not know and the bill takes for granted. */
    public void assume(String sentence) {
        note(assumptions, sentence);
    }

    private void tiers(String name, String unit, BigDecimal quantity, BigDecimal count, Quote.Found found) {
        List<Tier> tiers = found.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            Tier tier = tiers.get(i);
            BigDecimal end = i + 1 < tiers.size() ? tiers.get(i + 1).from().min(quantity) : quantity;
            BigDecimal units = end.subtract(tier.from());
            if (i > 0 && units.signum() <= 0) {
                return;
            }
            BigDecimal billed = units.multiply(count);
            String label = i == 0 ? name : name + " (over " + tier.from().toPlainString() + ")";
            line(new Component(part, label, unit, billed, tier.usd(), billed.multiply(tier.usd()), false), found);
        }
    }

    private void usedTiers(String name, String unit, BigDecimal quantity, Quote.Found found) {
        List<Tier> tiers = found.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            Tier tier = tiers.get(i);
            BigDecimal end = i + 1 < tiers.size() ? tiers.get(i + 1).from() : BigDecimal.ZERO;
            BigDecimal units = (end.signum() == 0 ? quantity : end.min(quantity)).subtract(tier.from());
            if (i > 0 && units.signum() <= 0) {
                return;
            }
            String label = tiers.size() == 1 ? name : name + " (" + Units.tier(unit, tier.from(), end) + ")";
            line(new Component(part, label, unit, units, tier.usd(), units.multiply(tier.usd()), true), found);
        }
    }

    private void line(Component component, Quote.Found found) {
        if (components.size() >= MOST_LINES) {
            throw new Unpriceable("it has more than " + MOST_LINES + " parts");
        }
        components.add(component);
        currencies.add(found.currency());
        if (component.monthly().signum() > 0) {
            found.date()
                    .filter(date -> pricesAsOf == null || date.isBefore(pricesAsOf))
                    .ifPresent(date -> pricesAsOf = date);
        }
    }

    private static void note(Set<String> notes, String sentence) {
        if (notes.size() < MOST_NOTES) {
            notes.add(sentence);
        }
    }

    public List<Component> components() {
        return List.copyOf(components);
    }

    public List<String> assumptions() {
        return List.copyOf(assumptions);
    }

    /** Why the bill is not whole; empty when it is. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public boolean hasFixedCost() {
        return components.stream().anyMatch(component -> !component.usageBased());
    }

    /** The currencies of its lines. */
    public Set<String> currencies() {
        return Set.copyOf(currencies);
    }

    public boolean hasUsage() {
        return usage;
    }

    /** The date of the oldest price on the bill. */
    public Optional<LocalDate> pricesAsOf() {
        return Optional.ofNullable(pricesAsOf);
    }

    /** In the currency of its lines, a month, exact up to ten digits after the point. */
    public BigDecimal monthly() {
        return components.stream()
                .map(Component::monthly)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(10, RoundingMode.HALF_UP);
    }
}
