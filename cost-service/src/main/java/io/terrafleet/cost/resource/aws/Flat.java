package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.List;

/** Declares types whose lines are the same for every resource: so much a month, so much an hour, and what use adds. */
record Flat(List<Line> lines) implements Pricer {
    private enum Kind {
        MONTHLY,
        HOURLY,
        USAGE
    }

    private record Line(Kind kind, String name, String unit, String service, String key) {}

    static Flat monthly(String name, String service, String key) {
        return new Flat(List.of(new Line(Kind.MONTHLY, name, "months", service, key)));
    }

    static Flat hourly(String name, String service, String key) {
        return new Flat(List.of(new Line(Kind.HOURLY, name, "hours", service, key)));
    }

    static Flat used(String name, String unit, String service, String key) {
        return new Flat(List.of(new Line(Kind.USAGE, name, unit, service, key)));
    }

    /** Billed by use alone, at prices that the book does not have yet. */
    static Flat byUse() {
        return new Flat(List.of());
    }

    Flat usage(String name, String unit, String service, String key) {
        List<Line> more = new java.util.ArrayList<>(lines);
        more.add(new Line(Kind.USAGE, name, unit, service, key));
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
                case USAGE -> bill.usage(line.name(), line.unit(), quote);
            }
        }
    }
}
