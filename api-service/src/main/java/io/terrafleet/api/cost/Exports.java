package io.terrafleet.api.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrafleet.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Months of spending as files for spreadsheets and scripts. */
public final class Exports {
    /**
     * Months in one currency.
     *
     * @param pricesAsOf the date of the oldest price by which they were estimated
     */
    public record Months(List<Spending.MonthCost> costs, Optional<LocalDate> pricesAsOf) {
        String date() {
            return pricesAsOf.map(LocalDate::toString).orElse("");
        }
    }

    private Exports() {}

    /** RFC 4180, with a header. A text that a spreadsheet would take for a formula begins with an apostrophe. */
    public static String csv(SortedMap<String, Months> monthsByCurrency) {
        StringBuilder text = new StringBuilder("month,group,cost,currency,prices-as-of\r\n");
        monthsByCurrency.forEach((currency, months) -> months.costs().forEach(month -> {
            text.append(month.month())
                    .append(',')
                    .append(cell(month.key()))
                    .append(',')
                    .append(month.cost().toPlainString())
                    .append(',')
                    .append(currency)
                    .append(',')
                    .append(months.date())
                    .append("\r\n");
        }));
        return text.toString();
    }

    /** An array of objects with month, group, cost (a text, exact), currency and the date of the oldest price. */
    public static String json(SortedMap<String, Months> monthsByCurrency) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        monthsByCurrency.forEach((currency, months) -> months.costs().forEach(month -> array.addObject()
                .put("month", month.month().toString())
                .put("group", month.key())
                .put("cost", month.cost().toPlainString())
                .put("currency", currency)
                .put(
                        "prices-as-of",
                        months.pricesAsOf().map(LocalDate::toString).orElse(null))));
        return new String(Json.write(array), StandardCharsets.UTF_8);
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[,\"\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
