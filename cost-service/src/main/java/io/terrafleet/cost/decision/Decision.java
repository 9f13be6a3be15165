package io.terrafleet.cost.decision;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.CostDecision.Component;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.CostDecision.Counts;
import io.terrafleet.contracts.event.CostDecision.Item;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.cost.budget.Judgement;
import io.terrafleet.cost.budget.Surroundings;
import io.terrafleet.cost.estimate.Cost;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of a plan, put in the words of the event: the dearest resources, cut until the event fits its topic. */
final class Decision {
    private static final int MOST_COMPONENTS = 40;
    private static final int MOST_REASONS = 50;

    private Decision() {}

    static CostDecided finished(PlanCompleted plan, Estimate estimate, Surroundings surroundings, Instant now) {
        Judgement judgement = Judgement.of(estimate, plan.budgets(), surroundings);
        List<ResourceEstimate> dearest = estimate.resources().stream()
                .filter(resource -> resource.kind() != Kind.FREE)
                .sorted(Comparator.comparing(Decision::weight).reversed())
                .limit(CostDecision.MOST_ITEMS)
                .toList();
        for (int told = dearest.size(); ; told /= 2) {
            CostDecided decided = finished(plan, estimate, judgement, dearest.subList(0, told), now);
            if (told == 0 || Json.write(decided).length <= FactCodec.MOST_BYTES) {
                return decided;
            }
        }
    }

    private static CostDecided finished(
            PlanCompleted plan, Estimate estimate, Judgement judgement, List<ResourceEstimate> told, Instant now) {
        return new CostDecided(
                plan.run(),
                plan.plan().sha256(),
                judgement.verdict(),
                judgement.reasons().stream().limit(MOST_REASONS).toList(),
                "finished",
                Optional.empty(),
                estimate.priorMonthly(),
                estimate.proposedMonthly(),
                estimate.deltaMonthly(),
                counts(estimate),
                told.stream().map(Decision::item).toList(),
                judgement.outcomes(),
                estimate.pricesAsOf(),
                Optional.of(estimate.currency()).filter(currency -> !currency.equals("USD")),
                now);
    }

    /** @param why there is no estimate, as the beginning of a sentence */
    static CostDecided errored(PlanCompleted plan, String why, Instant now) {
        return withoutEstimate(plan, "errored", Optional.of(why + "."), why, now);
    }

    /** A targeted plan shows a part of the workspace; its totals would mislead. */
    static CostDecided targeted(PlanCompleted plan, Instant now) {
        return withoutEstimate(
                plan, "skipped_due_to_targeting", Optional.empty(), "The run targets only some resources", now);
    }

    private static CostDecided withoutEstimate(
            PlanCompleted plan, String status, Optional<String> error, String why, Instant now) {
        Judgement judgement = Judgement.withoutEstimate(why, plan.budgets());
        BigDecimal nothing = BigDecimal.ZERO.setScale(2);
        return new CostDecided(
                plan.run(),
                plan.plan().sha256(),
                judgement.verdict(),
                judgement.reasons().stream().limit(MOST_REASONS).toList(),
                status,
                error,
                nothing,
                nothing,
                nothing,
                new Counts(0, 0, 0, 0, 0, 0),
                List.of(),
                judgement.outcomes(),
                Optional.empty(),
                now);
    }

    private static Counts counts(Estimate estimate) {
        return new Counts(
                estimate.resources().size(),
                estimate.count(Kind.PRICED),
                estimate.count(Kind.USAGE_ONLY),
                estimate.count(Kind.FREE),
                estimate.count(Kind.UNSUPPORTED),
                estimate.count(Kind.NO_PRICE));
    }

    /** What a plan changes most matters most, then what costs most. */
    private static BigDecimal weight(ResourceEstimate resource) {
        return resource.prior()
                .monthly()
                .max(resource.proposed().monthly())
                .add(resource.delta().abs());
    }

    private static Item item(ResourceEstimate resource) {
        Cost shown = resource.proposed().components().isEmpty() ? resource.prior() : resource.proposed();
        return new Item(
                resource.address(),
                resource.type(),
                resource.change(),
                resource.kind().word(),
                amount(resource.prior().monthly()),
                amount(resource.proposed().monthly()),
                shown.components().stream()
                        .limit(MOST_COMPONENTS)
                        .map(Decision::component)
                        .toList(),
                Stream.concat(resource.problems().stream(), resource.assumptions().stream())
                        .toList());
    }

    private static Component component(io.terrafleet.cost.resource.Component component) {
        return new Component(
                component.name(),
                component.unit(),
                amount(component.monthlyQuantity()),
                component.price(),
                amount(component.monthly()));
    }

    /** Up to four digits after the point, at least two. */
    private static BigDecimal amount(BigDecimal exact) {
        BigDecimal rounded = exact.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 2 ? rounded.setScale(2) : rounded;
    }
}
