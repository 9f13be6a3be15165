package io.terrafleet.cost.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrafleet.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Months of spending as files for spreadsheets and scripts. */
public final class Exports {
    private Exports() {}

    /** RFC 4180, with a header. A text that a spreadsheet would take for a formula begins with an apostrophe. */
    public static String csv(List<Spending.MonthCost> months, String currency) {
        StringBuilder text = new StringBuilder("month,group,cost,currency\r\n");
        for (Spending.MonthCost month : months) {
            text.append(month.month())
                    .append(',')
                    .append(cell(month.key()))
                    .append(',')
                    .append(month.cost().toPlainString())
                    .append(',')
                    .append(currency)
                    .append("\r\n");
        }
        return text.toString();
    }

    /** An array of objects with month, group, cost (a text, exact) and currency. */
    public static String json(List<Spending.MonthCost> months, String currency) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Spending.MonthCost month : months) {
            array.addObject()
                    .put("month", month.month().toString())
                    .put("group", month.key())
                    .put("cost", month.cost().toPlainString())
                    .put("currency", currency);
        }
        return new String(Json.write(array), StandardCharsets.UTF_8);
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[,\"\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
