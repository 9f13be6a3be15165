package io.terrafleet.cost.report;

import io.terrafleet.cost.estimate.Cost;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.ResourceEstimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What the plan changes on the bill, in the form of Infracost's diff. */
final class TextDiff {
    private TextDiff() {}

    static String of(Estimate estimate, String project) {
        String currency = estimate.currency();
        StringBuilder text = new StringBuilder();
        text.append("──────────────────────────────────\nProject: ")
                .append(project)
                .append("\n\n");
        for (ResourceEstimate resource : estimate.resources()) {
            List<Changes.Change> changes = Changes.of(resource);
            if (!changes.isEmpty()) {
                text.append(sign(resource))
                        .append(' ')
                        .append(resource.address())
                        .append('\n');
                text.append("  ").append(amount(resource, currency)).append("\n\n");
                changes.forEach(change -> change(text, change, currency));
            }
        }
        BigDecimal delta = estimate.deltaMonthly();
        text.append("Monthly cost change for ").append(project).append('\n');
        text.append("Amount:  ")
                .append(Amounts.change(delta, currency))
                .append(" (")
                .append(Amounts.money(estimate.priorMonthly(), currency))
                .append(" → ")
                .append(Amounts.money(estimate.proposedMonthly(), currency))
                .append(")\n");
        percent(estimate.priorMonthly(), delta)
                .ifPresent(share -> text.append("Percent: ").append(share).append('\n'));
        text.append("\n──────────────────────────────────\nKey: * usage cost, ~ changed, + added, - removed\n\n");
        return text.append(TextTable.summary(estimate)).toString();
    }

    private static String sign(ResourceEstimate resource) {
        return resource.prior().equals(Cost.NONE) ? "+" : resource.proposed().equals(Cost.NONE) ? "-" : "~";
    }

    private static String amount(ResourceEstimate resource, String currency) {
        String change = Amounts.change(resource.delta(), currency);
        return resource.prior().equals(Cost.NONE) || resource.proposed().equals(Cost.NONE)
                ? change
                : change + " (" + Amounts.money(resource.prior().monthly(), currency) + " → "
                        + Amounts.money(resource.proposed().monthly(), currency) + ")";
    }

    private static void change(StringBuilder text, Changes.Change change, String currency) {
        boolean byUse = (change.after() != null && change.after().usageBased())
                || (change.before() != null && change.before().usageBased());
        text.append("    ")
                .append(change.sign())
                .append(' ')
                .append(change.name())
                .append(byUse ? " *" : "")
                .append('\n');
        boolean open = change.difference().signum() == 0 && byUse;
        text.append("      ")
                .append(open ? "Monthly cost depends on usage" : Amounts.change(change.difference(), currency));
        if (!open && change.before() != null && change.after() != null) {
            text.append(" (")
                    .append(Amounts.money(change.monthlyBefore(), currency))
                    .append(" → ")
                    .append(Amounts.money(change.monthlyAfter(), currency))
                    .append(')');
        }
        text.append("\n\n");
    }

    static java.util.Optional<String> percent(BigDecimal before, BigDecimal delta) {
        if (before.signum() == 0) {
            return java.util.Optional.empty();
        }
        BigDecimal share = delta.multiply(BigDecimal.valueOf(100)).divide(before, 0, RoundingMode.HALF_UP);
        return java.util.Optional.of((share.signum() > 0 ? "+" : "") + share.toPlainString() + "%");
    }
}
