package io.terrafleet.api.assessment;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInclude;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.contracts.event.CostDecision.Component;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.CostDecision.Counts;
import io.terrafleet.contracts.event.CostDecision.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@code cost-estimates} resource: amounts are decimal strings, a month, in its currency. */
@ApplicationScoped
public class CostEstimateView implements RunInclude {
    private final Assessments assessments;

    CostEstimateView(Assessments assessments) {
        this.assessments = assessments;
    }

    @Override
    public String name() {
        return "cost_estimate";
    }

    @Override
    public List<Resource> of(Run run) {
        return List.of(resource(run));
    }

    Resource resource(Run run) {
        Optional<CostDecided> decided = assessments.cost(run.id());
        Optional<Counts> counts = decided.map(CostDecided::counts);
        List<Item> items = decided.map(CostDecided::items).orElse(List.of());
        return Resource.of("cost-estimates", run.sibling("ce"))
                .with("status", status(run, decided))
                .with("error-message", decided.flatMap(CostDecided::error))
                .with(
                        "prior-monthly-cost",
                        decided.map(CostDecided::priorMonthly).map(CostEstimateView::money))
                .with(
                        "proposed-monthly-cost",
                        decided.map(CostDecided::proposedMonthly).map(CostEstimateView::money))
                .with(
                        "delta-monthly-cost",
                        decided.map(CostDecided::deltaMonthly).map(CostEstimateView::money))
                .with("resources-count", counts.map(Counts::resources).orElse(0))
                .with("matched-resources-count", counts.map(Counts::priced).orElse(0))
                .with(
                        "unmatched-resources-count",
                        counts.map(all -> all.resources() - all.priced()).orElse(0))
                .with("resources", Map.of("matched", matched(items, true), "unmatched", matched(items, false)))
                .with("counts", counts.map(CostEstimateView::counts))
                .with("verdict", decided.map(decision -> decision.verdict().word()))
                .with("reasons", decided.map(CostDecided::reasons).orElse(List.of()))
                .with("prices-as-of", decided.flatMap(CostDecided::pricesAsOf))
                .with("currency", decided.map(decision -> decision.currency().orElse("USD")))
                .with("status-timestamps", times(run))
                .link("self", "/api/v2/cost-estimates/" + run.sibling("ce"));
    }

    /** In words, a line for each resource; what the TFE API calls the estimate's log. */
    String text(Run run) {
        Optional<CostDecided> decided = assessments.cost(run.id());
        if (decided.isEmpty()) {
            return "The cost estimate is " + status(run, decided) + ".\n";
        }
        CostDecided cost = decided.get();
        String sign = cost.currency().map(currency -> currency + " ").orElse("$");
        StringBuilder text = new StringBuilder();
        cost.items().stream().limit(1_000).forEach(item -> text.append(item.address())
                .append("  ")
                .append(item.kind().equals("priced") ? sign + money(item.proposedMonthly()) + "/mo" : item.kind())
                .append('\n'));
        text.append("\nResources: ")
                .append(cost.counts().priced())
                .append(" of ")
                .append(cost.counts().resources())
                .append(" estimated\n           ")
                .append(sign)
                .append(money(cost.proposedMonthly()))
                .append("/mo ")
                .append(cost.deltaMonthly().signum() < 0 ? "-" : "+")
                .append(sign)
                .append(money(cost.deltaMonthly().abs()))
                .append('\n');
        cost.pricesAsOf()
                .ifPresent(date ->
                        text.append("           prices as of ").append(date).append('\n'));
        cost.error().ifPresent(error -> text.append(error).append('\n'));
        return text.toString();
    }

    private static String status(Run run, Optional<CostDecided> decided) {
        if (decided.isPresent()) {
            return decided.get().status();
        }
        if (run.state() instanceof RunState.Finished) {
            return RunView.plan(run.state()).isPresent() ? "canceled" : "unreachable";
        }
        return run.state() instanceof RunState.Assessing ? "queued" : "pending";
    }

    private static Map<String, Object> times(Run run) {
        Map<String, Object> times = new LinkedHashMap<>();
        Optional.ofNullable(run.timestamps().get("cost-estimating-at")).ifPresent(at -> times.put("queued-at", at));
        Optional.ofNullable(run.timestamps().get("cost-estimated-at")).ifPresent(at -> times.put("finished-at", at));
        return times;
    }

    static String money(BigDecimal amount) {
        return amount.setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
    }

    private static Map<String, Integer> counts(Counts counts) {
        Map<String, Integer> json = new LinkedHashMap<>();
        json.put("resources", counts.resources());
        json.put("priced", counts.priced());
        json.put("usage-only", counts.usageOnly());
        json.put("free", counts.free());
        json.put("unsupported", counts.unsupported());
        json.put("no-price", counts.noPrice());
        return json;
    }

    private static List<Map<String, Object>> matched(List<Item> items, boolean priced) {
        return items.stream()
                .filter(item -> item.kind().equals("priced") == priced)
                .map(CostEstimateView::item)
                .toList();
    }

    private static Map<String, Object> item(Item item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", item.address());
        json.put("type", item.type());
        json.put("change", item.change());
        json.put("kind", item.kind());
        json.put("prior-monthly-cost", money(item.priorMonthly()));
        json.put("proposed-monthly-cost", money(item.proposedMonthly()));
        json.put("delta-monthly-cost", money(item.proposedMonthly().subtract(item.priorMonthly())));
        json.put(
                "components",
                item.components().stream().map(CostEstimateView::component).toList());
        json.put("assumptions", item.assumptions());
        return json;
    }

    private static Map<String, Object> component(Component component) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", component.name());
        json.put("unit", component.unit());
        json.put("monthly-quantity", component.monthlyQuantity().toPlainString());
        json.put("price", component.price().toPlainString());
        json.put("monthly-cost", component.monthly().toPlainString());
        return json;
    }
}
