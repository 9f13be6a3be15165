package io.terrafleet.cost.report;

import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import io.terrafleet.cost.resource.Component;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the plan would leave, resource by resource and line by line, for a terminal. */
final class TextTable {
    private static final int NARROWEST = 40;
    private static final int MOST_ASSUMPTIONS = 10;
    private static final int QUANTITY = 14;
    private static final int UNIT = 20;
    private static final int COST = 16;

    private record Row(String name, String quantity, String unit, String cost) {}

    private TextTable() {}

    static String of(Estimate estimate) {
        List<Row> rows = new ArrayList<>();
        for (ResourceEstimate resource : estimate.resources()) {
            Lines lines = Lines.of(resource.proposed());
            if (!lines.isEmpty() || !resource.problems().isEmpty()) {
                rows.add(new Row(resource.address(), "", "", ""));
                tree(rows, lines, "", estimate.currency());
                resource.problems().forEach(problem -> rows.add(new Row("   ! " + problem, "", "", "")));
                rows.add(new Row("", "", "", ""));
            }
        }
        int width = Math.max(
                NARROWEST,
                rows.stream()
                        .filter(row -> !row.unit().isEmpty())
                        .mapToInt(row -> row.name().length())
                        .max()
                        .orElse(0));
        StringBuilder text = new StringBuilder();
        line(text, width, new Row("Name", "Monthly Qty", "Unit", "Monthly Cost"));
        text.append('\n');
        rows.forEach(row -> line(text, width, row));
        String rule = "─".repeat(width + QUANTITY + UNIT + COST + 5) + "\n";
        text.append(rule);
        line(
                text,
                width,
                new Row("OVERALL TOTAL", "", "", Amounts.money(estimate.proposedMonthly(), estimate.currency())));
        text.append(rule).append(summary(estimate));
        return text.toString();
    }

    private static void tree(List<Row> rows, Lines lines, String indent, String currency) {
        int all = lines.components().size() + lines.parts().size();
        int at = 0;
        for (Component component : lines.components()) {
            rows.add(row(component, " " + indent + (++at == all ? "└─ " : "├─ "), currency));
        }
        for (Lines part : lines.parts()) {
            boolean last = ++at == all;
            rows.add(new Row(" " + indent + (last ? "└─ " : "├─ ") + part.name(), "", "", ""));
            tree(rows, part, indent + (last ? "   " : "│  "), currency);
        }
    }

    private static Row row(Component component, String branch, String currency) {
        if (component.usageBased() && component.monthlyQuantity().signum() == 0) {
            return new Row(
                    branch + component.name(),
                    "by use",
                    component.unit(),
                    Amounts.price(component.price(), currency) + " each");
        }
        return new Row(
                branch + component.name(),
                Amounts.quantity(component.monthlyQuantity()),
                component.unit(),
                Amounts.money(component.monthly(), currency));
    }

    private static void line(StringBuilder text, int width, Row row) {
        StringBuilder line = new StringBuilder(" ");
        left(line, row.name(), width);
        if (!row.quantity().isEmpty() || !row.unit().isEmpty() || !row.cost().isEmpty()) {
            right(line, row.quantity(), QUANTITY);
            line.append("  ");
            left(line, row.unit(), UNIT);
            right(line, row.cost(), COST);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void left(StringBuilder line, String text, int width) {
        line.append(text).repeat(" ", Math.max(0, width - text.length()));
    }

    private static void right(StringBuilder line, String text, int width) {
        line.repeat(" ", Math.max(1, width - text.length())).append(text);
    }

    static String summary(Estimate estimate) {
        StringBuilder text = new StringBuilder();
        text.append(estimate.resources().size()).append(" resources were found:\n");
        say(text, estimate.count(Kind.PRICED), "priced");
        say(text, estimate.count(Kind.USAGE_ONLY), "billed by use only");
        say(text, estimate.count(Kind.FREE), "free");
        say(text, estimate.count(Kind.UNSUPPORTED), "of types that are not supported");
        say(text, estimate.count(Kind.NO_PRICE), "without a price for some of it; the total leaves that out");
        assumptions(text, estimate);
        estimate.pricesAsOf()
                .ifPresent(date -> text.append("Prices as of ").append(date).append(" or later.\n"));
        return text.toString();
    }

    /** The commonest first: what was taken for granted, and for how many resources. */
    private static void assumptions(StringBuilder text, Estimate estimate) {
        Map<String, Long> all = estimate.resources().stream()
                .flatMap(resource -> resource.assumptions().stream())
                .collect(Collectors.groupingBy(sentence -> sentence, TreeMap::new, Collectors.counting()));
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_ASSUMPTIONS)
                .forEach(each -> text.append("Taken for granted: ")
                        .append(each.getKey())
                        .append(" (")
                        .append(each.getValue())
                        .append(each.getValue() == 1 ? " resource)\n" : " resources)\n"));
        if (all.size() > MOST_ASSUMPTIONS) {
            text.append("and ").append(all.size() - MOST_ASSUMPTIONS).append(" more, which --format json has\n");
        }
    }

    private static void say(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append("∙ ").append(count).append(' ').append(what).append('\n');
        }
    }
}
