package io.terrafleet.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A workspace at 730 a month, so 1 an hour, that doubles in the middle of June; another one beside it. */
class SpendingTest {
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final YearMonth JUNE = YearMonth.of(2026, 6);
    private static final Instant NOW = Instant.parse("2026-06-21T00:00:00Z");

    private static final Spending SPENDING = new Spending(List.of(
            point(
                    "run-2",
                    "2026-06-11T00:00:00Z",
                    "web",
                    "730",
                    share("aws_instance", "prod", "730"),
                    share("aws_lb", "prod", "730")),
            point("run-1", "2026-05-30T00:00:00Z", "web", "0", share("aws_instance", "prod", "730")),
            point("run-3", "2026-06-20T00:00:00Z", "batch", "0", share("aws_instance", "", "7300"))));

    private static CostPoint.Share share(String type, String team, String monthly) {
        return new CostPoint.Share(type, team.isEmpty() ? Map.of() : Map.of("Env", team), 1, new BigDecimal(monthly));
    }

    private static CostPoint point(String run, String at, String workspace, String prior, CostPoint.Share... shares) {
        BigDecimal monthly =
                List.of(shares).stream().map(CostPoint.Share::monthly).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new CostPoint(
                run,
                Instant.parse(at),
                "acme",
                "prj-1",
                "shop",
                "ws-" + workspace,
                workspace,
                new BigDecimal(prior),
                monthly,
                "USD",
                Optional.empty(),
                List.of(shares));
    }

    @Test
    void monthsCostWhatTheirHoursCost() {
        assertThat(SPENDING.months(new Grouping.Workspaces(), MAY, JUNE, NOW))
                .containsExactly(
                        // Two days of May at 1 an hour.
                        new Spending.MonthCost(MAY, "shop/web", new BigDecimal("48.00")),
                        // One day at 10 an hour.
                        new Spending.MonthCost(JUNE, "shop/batch", new BigDecimal("240.00")),
                        // Ten days at 1 and ten at 2.
                        new Spending.MonthCost(JUNE, "shop/web", new BigDecimal("720.00")));
    }

    @Test
    void theSameMonthsAreToldByTypeAndTagAndAddUp() {
        assertThat(SPENDING.months(new Grouping.Types(), JUNE, JUNE, NOW))
                .containsExactly(
                        new Spending.MonthCost(JUNE, "aws_instance", new BigDecimal("720.00")),
                        new Spending.MonthCost(JUNE, "aws_lb", new BigDecimal("240.00")));
        assertThat(SPENDING.months(new Grouping.Tags("Env"), JUNE, JUNE, NOW))
                .extracting(Spending.MonthCost::key)
                .containsExactly(Grouping.UNTAGGED, "prod");
        assertThat(SPENDING.months(new Grouping.Organizations(), JUNE, JUNE, NOW))
                .singleElement()
                .extracting(Spending.MonthCost::cost)
                .isEqualTo(new BigDecimal("960.00"));
    }

    @Test
    void theForecastGoesOnAsItIs() {
        assertThat(SPENDING.forecast(new Grouping.Projects(), NOW))
                .containsExactly(
                        // Ten days more at 2 and 10 an hour.
                        new Spending.Forecast("shop", new BigDecimal("960.00"), new BigDecimal("3840.00")));
    }

    @Test
    void moversAndStepsSayWhatChangedAndWho() {
        assertThat(SPENDING.movers(new Grouping.Workspaces(), Instant.parse("2026-06-01T00:00:00Z"), NOW, 10))
                .extracting(Spending.Mover::key, Spending.Mover::difference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shop/batch", new BigDecimal("7300.00")),
                        org.assertj.core.groups.Tuple.tuple("shop/web", new BigDecimal("730.00")));
        assertThat(SPENDING.steps(Instant.parse("2026-06-01T00:00:00Z"), NOW))
                .extracting(Spending.Step::run)
                .containsExactly("run-3", "run-2");
    }

    @Test
    void rangesAreBoundedAndCurrenciesNeverMixed() {
        assertThatThrownBy(() -> SPENDING.months(new Grouping.Types(), JUNE, MAY, NOW))
                .hasMessageContaining("first one first");
        assertThatThrownBy(() -> SPENDING.months(new Grouping.Types(), MAY, MAY.plusYears(20), NOW))
                .hasMessageContaining("120 months");
        CostPoint china = new CostPoint(
                "run-9",
                NOW,
                "acme",
                "prj",
                "p",
                "ws-cn",
                "cn",
                BigDecimal.ZERO,
                BigDecimal.ONE,
                "CNY",
                Optional.empty(),
                List.of());
        CostPoint home = point("run-1", "2026-05-30T00:00:00Z", "web", "0");
        assertThatThrownBy(() -> new Spending(List.of(china, home))).hasMessageContaining("CNY and USD");
    }

    @Test
    void exportsAreSafeForSpreadsheets() throws Exception {
        SortedMap<String, Exports.Months> months = new TreeMap<>(Map.of(
                "USD",
                new Exports.Months(
                        List.of(
                                new Spending.MonthCost(MAY, "=1+1", new BigDecimal("1.50")),
                                new Spending.MonthCost(MAY, "a,\"b\"", new BigDecimal("2.00"))),
                        Optional.of(LocalDate.parse("2026-04-01")))));

        assertThat(Exports.csv(months))
                .isEqualTo(
                        "month,group,cost,currency,prices-as-of\r\n2026-05,'=1+1,1.50,USD,2026-04-01\r\n2026-05,\"a,\"\"b\"\"\",2.00,USD,2026-04-01\r\n");
        assertThat(Json.mapper()
                        .readTree(Exports.json(months))
                        .path(0)
                        .path("cost")
                        .asText())
                .isEqualTo("1.50");
    }
}
