package io.terrafleet.api.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spending over time, from points: each workspace costs what its last point says until its next. Months are calendar months in UTC;
 * an hour costs the 730th part of a month. All amounts are of one currency.
 */
public final class Spending {
    private static final BigDecimal MONTH_SECONDS = BigDecimal.valueOf(730L * 3_600);

    /** A longer range is refused. */
    public static final int MOST_MONTHS = 120;

    /**
     * What was spent.
     *
     * @param cost until the end of the month, or until now in the present one
     */
    public record MonthCost(YearMonth month, String key, BigDecimal cost) {}

    /**
     * What the present month will have cost if nothing changes any more.
     *
     * @param soFar spent until now
     */
    public record Forecast(String key, BigDecimal soFar, BigDecimal month) {}

    /** How a rate changed between two moments, a month. */
    public record Mover(String key, BigDecimal before, BigDecimal after) {
        public BigDecimal difference() {
            return after.subtract(before);
        }
    }

    /**
     * One step, a month.
     *
     * @param run that made it; empty when the workspace was deleted
     * @param workspace {@code shop/web}
     * @param workspaceName {@code web}
     */
    public record Step(
            String run,
            Instant at,
            String workspaceId,
            String workspace,
            String workspaceName,
            BigDecimal before,
            BigDecimal after) {
        public BigDecimal difference() {
            return after.subtract(before);
        }
    }

    private final Map<String, List<CostPoint>> byWorkspace;

    /** @param points in any order; those before the range asked for count as well, as they say what it began with */
    public Spending(List<CostPoint> points) {
        Set<String> currencies =
                points.stream().map(CostPoint::currency).collect(Collectors.toCollection(TreeSet::new));
        if (currencies.size() > 1) {
            throw new IllegalArgumentException("costs in " + String.join(" and ", currencies) + " cannot be added up");
        }
        this.byWorkspace = points.stream()
                .sorted(Comparator.comparing(CostPoint::at))
                .collect(Collectors.groupingBy(CostPoint::workspaceId, TreeMap::new, Collectors.toList()));
    }

    /** What every month from one to another cost, by group; the oldest first. Months to come cost nothing yet. */
    public List<MonthCost> months(Grouping grouping, YearMonth from, YearMonth to, Instant now) {
        if (from.isAfter(to) || from.plusMonths(MOST_MONTHS).isBefore(to)) {
            throw new IllegalArgumentException(
                    "a range has from one to " + MOST_MONTHS + " months, the first one first");
        }
        List<MonthCost> months = new ArrayList<>();
        for (YearMonth month = from; !month.isAfter(to); month = month.plusMonths(1)) {
            Instant end = begin(month.plusMonths(1));
            Map<String, BigDecimal> spent = spent(grouping, begin(month), end.isAfter(now) ? now : end);
            for (Map.Entry<String, BigDecimal> entry : spent.entrySet()) {
                months.add(new MonthCost(month, entry.getKey(), cents(entry.getValue())));
            }
        }
        return months;
    }

    /** The present month, by group. */
    public List<Forecast> forecast(Grouping grouping, Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        Map<String, BigDecimal> soFar = spent(grouping, begin(month), now);
        BigDecimal rest = share(now, begin(month.plusMonths(1)));
        Map<String, BigDecimal> rates = rates(grouping, now);
        Set<String> keys = new TreeSet<>(soFar.keySet());
        keys.addAll(rates.keySet());
        return keys.stream()
                .map(key -> {
                    BigDecimal spent = soFar.getOrDefault(key, BigDecimal.ZERO);
                    BigDecimal coming = rates.getOrDefault(key, BigDecimal.ZERO).multiply(rest);
                    return new Forecast(key, cents(spent), cents(spent.add(coming)));
                })
                .toList();
    }

    /** What moved most between two moments, the largest first, up or down. */
    public List<Mover> movers(Grouping grouping, Instant from, Instant to, int most) {
        Map<String, BigDecimal> before = rates(grouping, from);
        Map<String, BigDecimal> after = rates(grouping, to);
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key -> new Mover(
                        key,
                        cents(before.getOrDefault(key, BigDecimal.ZERO)),
                        cents(after.getOrDefault(key, BigDecimal.ZERO))))
                .filter(mover -> mover.difference().signum() != 0)
                .sorted(Comparator.comparing((Mover mover) -> mover.difference().abs())
                        .reversed())
                .limit(most)
                .toList();
    }

    /** Which runs changed what, the latest first. */
    public List<Step> steps(Instant from, Instant to) {
        List<Step> steps = new ArrayList<>();
        for (List<CostPoint> points : byWorkspace.values()) {
            @Nullable CostPoint last = null;
            for (CostPoint point : points) {
                BigDecimal before = last == null ? point.prior() : last.monthly();
                boolean inside = !point.at().isBefore(from) && point.at().isBefore(to);
                if (inside && before.compareTo(point.monthly()) != 0) {
                    String workspace = point.projectName() + "/" + point.workspaceName();
                    steps.add(new Step(
                            point.run(),
                            point.at(),
                            point.workspaceId(),
                            workspace,
                            point.workspaceName(),
                            before,
                            point.monthly()));
                }
                last = point;
            }
        }
        steps.sort(Comparator.comparing(Step::at).reversed());
        return steps;
    }

    /** The date of the oldest price by which anything was estimated; empty when no price of a date was used. */
    public Optional<LocalDate> pricesAsOf() {
        return byWorkspace.values().stream()
                .flatMap(List::stream)
                .flatMap(point -> point.pricesAsOf().stream())
                .min(Comparator.naturalOrder());
    }

    /** What everything costs a month at a moment. */
    public BigDecimal rate(Instant at) {
        return cents(
                rates(new Grouping.Organizations(), at).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private Map<String, BigDecimal> spent(Grouping grouping, Instant from, Instant to) {
        Map<String, BigDecimal> spent = new TreeMap<>();
        for (List<CostPoint> points : byWorkspace.values()) {
            for (int i = 0; i < points.size(); i++) {
                CostPoint point = points.get(i);
                Instant begin = point.at().isAfter(from) ? point.at() : from;
                Instant next = i + 1 < points.size() ? points.get(i + 1).at() : to;
                Instant end = next.isBefore(to) ? next : to;
                if (begin.isBefore(end)) {
                    BigDecimal share = share(begin, end);
                    point.shares()
                            .forEach(part -> spent.merge(
                                    grouping.key(point, part), part.monthly().multiply(share), BigDecimal::add));
                }
            }
        }
        return spent;
    }

    /** What a month costs at a moment, by group. */
    private Map<String, BigDecimal> rates(Grouping grouping, Instant at) {
        Map<String, BigDecimal> rates = new HashMap<>();
        for (List<CostPoint> points : byWorkspace.values()) {
            points.stream()
                    .filter(point -> !point.at().isAfter(at))
                    .reduce((earlier, later) -> later)
                    .ifPresent(point -> point.shares()
                            .forEach(share ->
                                    rates.merge(grouping.key(point, share), share.monthly(), BigDecimal::add)));
        }
        return rates;
    }

    /** How much of a month of 730 hours lies between two moments. */
    private static BigDecimal share(Instant from, Instant to) {
        return BigDecimal.valueOf(Duration.between(from, to).toMillis())
                .movePointLeft(3)
                .divide(MONTH_SECONDS, MathContext.DECIMAL128);
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
