package io.terrafleet.cost.report;

import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import java.util.Comparator;
import java.util.List;

/** A summary fit for a comment on a pull request: the change, the resources that move it most, and what is not known. */
final class Markdown {
    private static final int MOST_ROWS = 20;

    private Markdown() {}

    static String of(Estimate estimate, String project) {
        String currency = estimate.currency();
        StringBuilder text = new StringBuilder();
        String change = Amounts.change(estimate.deltaMonthly(), currency);
        text.append("### Monthly cost of ")
                .append(escaped(project))
                .append(": ")
                .append(change);
        TextDiff.percent(estimate.priorMonthly(), estimate.deltaMonthly())
                .ifPresent(share -> text.append(" (").append(share).append(')'));
        text.append("\n\n| before | after | change |\n|---:|---:|---:|\n| ");
        text.append(Amounts.money(estimate.priorMonthly(), currency)).append(" | ");
        text.append(Amounts.money(estimate.proposedMonthly(), currency))
                .append(" | ")
                .append(change)
                .append(" |\n");
        List<ResourceEstimate> movers = estimate.resources().stream()
                .filter(resource -> resource.delta().signum() != 0)
                .sorted(Comparator.comparing(
                                (ResourceEstimate resource) -> resource.delta().abs())
                        .reversed())
                .toList();
        if (!movers.isEmpty()) {
            text.append("\n| resource | change | before | after | difference |\n|---|---|---:|---:|---:|\n");
            movers.stream().limit(MOST_ROWS).forEach(resource -> row(text, resource, currency));
            if (movers.size() > MOST_ROWS) {
                text.append("\nand ").append(movers.size() - MOST_ROWS).append(" more\n");
            }
        }
        counts(text, estimate);
        return text.toString();
    }

    private static void row(StringBuilder text, ResourceEstimate resource, String currency) {
        text.append("| `")
                .append(escaped(resource.address()))
                .append("` | ")
                .append(resource.change())
                .append(" | ")
                .append(Amounts.money(resource.prior().monthly(), currency))
                .append(" | ")
                .append(Amounts.money(resource.proposed().monthly(), currency))
                .append(" | ")
                .append(Amounts.change(resource.delta(), currency))
                .append(" |\n");
    }

    private static void counts(StringBuilder text, Estimate estimate) {
        text.append('\n').append(estimate.resources().size()).append(" resources:");
        for (Kind kind : Kind.values()) {
            text.append(' ')
                    .append(estimate.count(kind))
                    .append(' ')
                    .append(kind.word().replace('-', ' '))
                    .append(',');
        }
        text.setCharAt(text.length() - 1, '.');
        estimate.pricesAsOf()
                .ifPresent(date -> text.append(" Prices as of ").append(date).append('.'));
        text.append('\n');
    }

    /** Addresses may hold keys of any text; nothing of it may leave its cell. */
    private static String escaped(String text) {
        return text.replace("`", "'").replace("|", "\\|").replaceAll("[\\r\\n]", " ");
    }
}
