package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Declares types whose lines are the same for every resource: so much a month, so much an hour, and what use adds. */
record Flat(List<Line> lines) implements Pricer {
    private enum Kind {
        MONTHLY,
        HOURLY,
        USAGE
    }

    private record Line(
            Kind kind, String name, String unit, String service, String key, String usageKey, long unitSize) {}

    static Flat monthly(String name, String service, String key) {
        return new Flat(List.of(new Line(Kind.MONTHLY, name, "months", service, key, "", 1)));
    }

    static Flat hourly(String name, String service, String key) {
        return new Flat(List.of(new Line(Kind.HOURLY, name, "hours", service, key, "", 1)));
    }

    /**
     * @param usageKey where a usage file tells how much
     * @param unitSize how many of what the file counts make a unit
     */
    static Flat used(String name, String unit, String service, String key, String usageKey, long unitSize) {
        return new Flat(List.of()).usage(name, unit, service, key, usageKey, unitSize);
    }

    /** Billed by use alone, at prices that the book does not have yet. */
    static Flat byUse() {
        return new Flat(List.of());
    }

    Flat usage(String name, String unit, String service, String key, String usageKey, long unitSize) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(Kind.USAGE, name, unit, service, key, usageKey, unitSize));
        return new Flat(List.copyOf(more));
    }

    @Override
    public void price(Resource resource, Bill bill) {
        if (lines.isEmpty()) {
            bill.usageOnly();
        }
        for (Line line : lines) {
            Quote quote = resource.rate(line.service(), line.key());
            switch (line.kind()) {
                case MONTHLY -> bill.monthly(line.name(), line.unit(), BigDecimal.ONE, quote);
                case HOURLY -> bill.hourly(line.name(), BigDecimal.ONE, quote);
                case USAGE ->
                    bill.used(
                            line.name(), line.unit(), resource.usage().number(line.usageKey(), line.unitSize()), quote);
            }
        }
    }
}
