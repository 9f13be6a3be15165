package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.CostDecision.Component;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.CostDecision.Counts;
import io.terrafleet.contracts.event.CostDecision.Item;
import io.terrafleet.contracts.event.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cost of a plan, as shown.
 *
 * @param shown false before there is a plan
 * @param estimate absent while it is awaited or where it failed
 * @param message what is said instead of an estimate
 * @param approvals of what exceeds a budget: who, and why
 */
public record CostPart(
        boolean shown, Pill pill, Optional<Estimate> estimate, Optional<String> message, List<String> approvals) {

    /** @param more rows beyond the first ones */
    public record Estimate(
            String prior,
            String proposed,
            String delta,
            String direction,
            String coverage,
            String currency,
            Optional<String> pricesAsOf,
            List<Row> rows,
            List<Row> more,
            List<BudgetRow> budgets) {}

    /** One resource's line. */
    public record Row(
            String address,
            String change,
            String prior,
            String proposed,
            String delta,
            String direction,
            List<Part> parts,
            List<String> assumptions) {
        public boolean isExplained() {
            return !parts.isEmpty() || !assumptions.isEmpty();
        }
    }

    public record Part(String name, String quantity, String price, String monthly) {}

    public record BudgetRow(Pill pill, String name, String message) {}

    private static final int FIRST_ROWS = 8;

    static CostPart of(Run run, Optional<CostDecided> decided, List<String> approvals) {
        if (decided.isPresent()) {
            return of(decided.get(), decided.get().verdict() == Verdict.APPROVE ? List.of() : approvals);
        }
        boolean planned = RunView.plan(run.state()).isPresent();
        if (!planned || run.state() instanceof RunState.Finished) {
            return without(false, new Pill("dash", "None", "calm"), Optional.empty());
        }
        return without(true, new Pill("run", "Estimating", "go"), Optional.of("The plan is being priced."));
    }

    private static CostPart without(boolean shown, Pill pill, Optional<String> message) {
        return new CostPart(shown, pill, Optional.empty(), message, List.of());
    }

    private static CostPart of(CostDecided decided, List<String> approvals) {
        boolean finished = decided.status().equals("finished");
        String message = decided.status().equals("skipped_due_to_targeting")
                ? "The plan covers only some resources, so its cost would mislead and is not told."
                : decided.error().orElse("The plan could not be priced.");
        return new CostPart(
                true,
                finished ? pill(decided.verdict()) : new Pill("dash", "No estimate", "calm"),
                finished ? Optional.of(estimate(decided)) : Optional.empty(),
                finished ? Optional.empty() : Optional.of(message),
                approvals);
    }

    private static Pill pill(Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> new Pill("check", "Within budget", "ok");
            case BLOCK_OVERRIDABLE -> new Pill("hand", "Over budget", "wait");
            case BLOCK -> new Pill("block", "Over budget", "bad");
        };
    }

    private static Estimate estimate(CostDecided decided) {
        String currency = decided.currency().orElse("USD");
        List<Row> rows = decided.items().stream()
                .filter(item ->
                        item.kind().equals("priced") || !item.assumptions().isEmpty())
                .map(item -> row(item, currency))
                .toList();
        int first = Math.min(FIRST_ROWS, rows.size());
        return new Estimate(
                Money.of(decided.priorMonthly(), currency),
                Money.of(decided.proposedMonthly(), currency),
                Money.delta(decided.deltaMonthly(), currency),
                direction(decided.deltaMonthly()),
                coverage(decided.counts()),
                currency.equals("USD") ? "US dollars" : currency,
                decided.pricesAsOf().map(date -> date.toString()),
                rows.subList(0, first),
                rows.subList(first, rows.size()),
                decided.budgets().stream().map(CostPart::budget).toList());
    }

    private static Row row(Item item, String currency) {
        BigDecimal delta = item.proposedMonthly().subtract(item.priorMonthly());
        return new Row(
                item.address(),
                item.change(),
                Money.of(item.priorMonthly(), currency),
                Money.of(item.proposedMonthly(), currency),
                Money.delta(delta, currency),
                direction(delta),
                item.components().stream()
                        .map(component -> part(component, currency))
                        .toList(),
                item.assumptions());
    }

    private static Part part(Component component, String currency) {
        return new Part(
                component.name(),
                Money.plain(component.monthlyQuantity()) + " " + component.unit(),
                Money.sign(currency) + Money.plain(component.price()),
                Money.of(component.monthly(), currency));
    }

    private static BudgetRow budget(BudgetOutcome outcome) {
        Pill pill = outcome.exceeded()
                ? switch (outcome.action()) {
                    case WARN -> new Pill("hand", "Exceeded, warns", "wait");
                    case APPROVAL -> new Pill("hand", "Exceeded, needs override", "wait");
                    case BLOCK -> new Pill("block", "Exceeded, blocks", "bad");
                }
                : new Pill("check", "Within", "ok");
        return new BudgetRow(pill, outcome.name(), outcome.message());
    }

    /** {@code 12 priced · 3 by usage · 4 free · 1 not supported} */
    private static String coverage(Counts counts) {
        List<String> parts = new ArrayList<>();
        parts.add(counts.priced() + " of " + counts.resources() + " resources priced");
        add(parts, counts.usageOnly(), "by usage");
        add(parts, counts.free(), "free");
        add(parts, counts.unsupported(), "not supported");
        add(parts, counts.noPrice(), "without a price");
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** More is told in one colour, less in another; the sign says it too. */
    static String direction(BigDecimal delta) {
        return delta.signum() > 0 ? "is-wait" : delta.signum() < 0 ? "is-ok" : "quiet";
    }
}
