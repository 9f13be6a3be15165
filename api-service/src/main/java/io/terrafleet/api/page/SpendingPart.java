package io.terrafleet.api.page;

import io.terrafleet.api.cost.Grouping;
import io.terrafleet.api.cost.Spending;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was spent in one currency, as shown.
 *
 * @param soFar of the present month
 * @param forecast of the present month, if nothing changes any more
 * @param rate a month of 730 hours at what everything costs now
 * @param months the last twelve, the oldest first
 * @param pricesAsOf the date of the oldest price by which anything was estimated
 */
public record SpendingPart(
        String currency,
        String soFar,
        String forecast,
        String rate,
        String lastMonth,
        Bars months,
        List<GroupRow> groups,
        List<MoverRow> movers,
        List<ChangeRow> changes,
        Optional<String> pricesAsOf) {
    private static final int MONTHS = 12;
    private static final int DAYS = 30;
    private static final int MOST_GROUPS = 100;
    private static final int MOST_MOVERS = 10;
    private static final int MOST_CHANGES = 50;

    /** @param share of the whole month's forecast, in percent */
    public record GroupRow(String name, String soFar, String forecast, String lastMonth, String share) {}

    public record MoverRow(String name, String before, String after, String difference, String direction) {}

    /** @param path of the run; absent when it or its workspace is gone */
    public record ChangeRow(
            Optional<String> path,
            String title,
            String workspace,
            Moment at,
            String before,
            String after,
            String difference,
            String direction) {}

    /** @param paths where a step's run is shown, and what it is called there */
    static SpendingPart of(
            String currency,
            Spending spending,
            Grouping grouping,
            Instant now,
            Function<Spending.Step, Optional<RunRow>> paths) {
        YearMonth present = YearMonth.from(now.atZone(ZoneOffset.UTC));
        List<Spending.MonthCost> all =
                spending.months(new Grouping.Organizations(), present.minusMonths(MONTHS - 1L), present, now);
        List<Spending.Forecast> whole = spending.forecast(new Grouping.Organizations(), now);
        BigDecimal forecast = whole.stream().map(Spending.Forecast::month).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal soFar = whole.stream().map(Spending.Forecast::soFar).reduce(BigDecimal.ZERO, BigDecimal::add);
        Instant from = now.minus(Duration.ofDays(DAYS));
        return new SpendingPart(
                currency,
                Money.of(soFar, currency),
                Money.of(forecast, currency),
                Money.of(spending.rate(now), currency),
                Money.of(of(all, present.minusMonths(1)), currency),
                bars(all, present, currency),
                groups(spending, grouping, now, forecast, currency),
                spending.movers(grouping, from, now, MOST_MOVERS).stream()
                        .map(mover -> mover(mover, currency))
                        .toList(),
                spending.steps(Instant.EPOCH, now.plusMillis(1)).stream()
                        .limit(MOST_CHANGES)
                        .map(step -> change(step, currency, paths))
                        .toList(),
                spending.pricesAsOf().map(date -> date.toString()));
    }

    private static BigDecimal of(List<Spending.MonthCost> months, YearMonth month) {
        return months.stream()
                .filter(cost -> cost.month().equals(month))
                .map(Spending.MonthCost::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Bars bars(List<Spending.MonthCost> all, YearMonth present, String currency) {
        List<Bars.Value> values = new ArrayList<>(MONTHS);
        for (int back = MONTHS - 1; back >= 0; back--) {
            YearMonth month = present.minusMonths(back);
            BigDecimal cost = of(all, month);
            String label = month.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                    + (month.getMonthValue() == 1 ? " " + month.getYear() : "");
            values.add(new Bars.Value(label, cost, Money.of(cost, currency), back == 0));
        }
        return Bars.of(values);
    }

    private static List<GroupRow> groups(
            Spending spending, Grouping grouping, Instant now, BigDecimal whole, String currency) {
        YearMonth last = YearMonth.from(now.atZone(ZoneOffset.UTC)).minusMonths(1);
        Map<String, BigDecimal> before = new HashMap<>();
        spending.months(grouping, last, last, now).forEach(month -> before.put(month.key(), month.cost()));
        return spending.forecast(grouping, now).stream()
                .sorted((one, other) -> other.month().compareTo(one.month()))
                .limit(MOST_GROUPS)
                .map(forecast -> new GroupRow(
                        forecast.key(),
                        Money.of(forecast.soFar(), currency),
                        Money.of(forecast.month(), currency),
                        Money.of(before.getOrDefault(forecast.key(), BigDecimal.ZERO), currency),
                        share(forecast.month(), whole)))
                .toList();
    }

    private static String share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? "–"
                : part.multiply(BigDecimal.valueOf(100)).divide(whole, 0, RoundingMode.HALF_UP) + " %";
    }

    private static MoverRow mover(Spending.Mover mover, String currency) {
        return new MoverRow(
                mover.key(),
                Money.of(mover.before(), currency),
                Money.of(mover.after(), currency),
                Money.delta(mover.difference(), currency),
                CostPart.direction(mover.difference()));
    }

    private static ChangeRow change(
            Spending.Step step, String currency, Function<Spending.Step, Optional<RunRow>> paths) {
        Optional<RunRow> run = paths.apply(step);
        return new ChangeRow(
                run.map(RunRow::path),
                run.map(RunRow::title).orElse(step.run().isEmpty() ? "Workspace deleted" : step.run()),
                step.workspace(),
                new Moment(step.at()),
                Money.of(step.before(), currency),
                Money.of(step.after(), currency),
                Money.delta(step.difference(), currency),
                CostPart.direction(step.difference()));
    }
}
