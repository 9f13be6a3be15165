package io.terrafleet.cost.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.cost.estimate.Cost;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Component;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An estimate in the shape of Infracost's JSON, version 0.2 (https://www.infracost.io/docs/features/cli_commands), so that scripts and
 * dashboards made for it work. Numbers are texts there. What only we say stands under {@code terrafleet}.
 */
final class InfracostJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private InfracostJson() {}

    static ObjectNode of(Estimate estimate, String project, Instant now) {
        ObjectNode root = NODES.objectNode();
        root.put("version", "0.2");
        root.putObject("metadata")
                .put("infracostCommand", "breakdown")
                .put("vcsBranch", "")
                .put("vcsCommitSha", "");
        root.put("currency", estimate.currency());
        ObjectNode entry = root.putArray("projects").addObject();
        entry.put("name", project);
        entry.put("displayName", project);
        entry.putObject("metadata").put("path", project).put("type", "terraform_plan_json");
        entry.set("pastBreakdown", breakdown(estimate, ResourceEstimate::prior));
        entry.set("breakdown", breakdown(estimate, ResourceEstimate::proposed));
        entry.set("diff", difference(estimate));
        entry.set("summary", summary(estimate));
        totals(root, "", total(estimate, ResourceEstimate::proposed), usage(estimate, ResourceEstimate::proposed));
        totals(root, "past", total(estimate, ResourceEstimate::prior), usage(estimate, ResourceEstimate::prior));
        totals(
                root,
                "diff",
                total(estimate, ResourceEstimate::proposed).subtract(total(estimate, ResourceEstimate::prior)),
                usage(estimate, ResourceEstimate::proposed).subtract(usage(estimate, ResourceEstimate::prior)));
        root.put("timeGenerated", now.toString());
        root.set("summary", summary(estimate));
        return root;
    }

    private static void totals(ObjectNode node, String prefix, BigDecimal monthly, BigDecimal usage) {
        node.put(prefix.isEmpty() ? "totalHourlyCost" : prefix + "TotalHourlyCost", text(hourly(monthly)));
        node.put(prefix.isEmpty() ? "totalMonthlyCost" : prefix + "TotalMonthlyCost", text(monthly));
        node.put(prefix.isEmpty() ? "totalMonthlyUsageCost" : prefix + "TotalMonthlyUsageCost", text(usage));
    }

    private static BigDecimal total(Estimate estimate, Function<ResourceEstimate, Cost> side) {
        return estimate.resources().stream()
                .map(resource -> side.apply(resource).monthly())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal usage(Estimate estimate, Function<ResourceEstimate, Cost> side) {
        return estimate.resources().stream()
                .map(resource -> Lines.of(side.apply(resource)).monthlyUsage())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ObjectNode breakdown(Estimate estimate, Function<ResourceEstimate, Cost> side) {
        ObjectNode node = NODES.objectNode();
        ArrayNode resources = node.putArray("resources");
        ArrayNode free = NODES.arrayNode();
        for (ResourceEstimate resource : estimate.resources()) {
            Lines lines = Lines.of(side.apply(resource));
            if (!lines.isEmpty()
                    || (resource.kind() == Kind.NO_PRICE
                            && !side.apply(resource).equals(Cost.NONE))) {
                resources.add(resource(resource, lines));
            } else if (resource.kind() == Kind.FREE) {
                free.addObject().put("name", resource.address()).put("resourceType", resource.type());
            }
        }
        node.set("freeResources", free);
        totals(node, "", total(estimate, side), usage(estimate, side));
        return node;
    }

    private static ObjectNode resource(ResourceEstimate resource, Lines lines) {
        ObjectNode node = lines(resource.address(), lines);
        node.put("resourceType", resource.type());
        ObjectNode tags = node.putObject("tags");
        resource.tags().forEach(tags::put);
        ObjectNode own = node.putObject("terrafleet");
        own.put("change", resource.change()).put("kind", resource.kind().word());
        resource.region().ifPresent(region -> own.put("region", region));
        resource.assumptions().forEach(own.putArray("assumptions")::add);
        resource.problems().forEach(own.putArray("problems")::add);
        return node;
    }

    private static ObjectNode lines(String name, Lines lines) {
        ObjectNode node = NODES.objectNode();
        node.put("name", name);
        node.putObject("metadata");
        boolean unknown = lines.monthly().signum() == 0
                && !lines.components().isEmpty()
                && lines.components().stream().allMatch(InfracostJson::open);
        node.put("hourlyCost", unknown ? null : text(hourly(lines.monthly())));
        node.put("monthlyCost", unknown ? null : text(lines.monthly()));
        node.put("monthlyUsageCost", unknown ? null : text(lines.monthlyUsage()));
        if (!lines.components().isEmpty()) {
            ArrayNode components = node.putArray("costComponents");
            lines.components().forEach(component -> components.add(component(component)));
        }
        if (!lines.parts().isEmpty()) {
            ArrayNode parts = node.putArray("subresources");
            lines.parts().forEach(part -> parts.add(lines(part.name(), part)));
        }
        return node;
    }

    private static boolean open(Component component) {
        return component.usageBased() && component.monthlyQuantity().signum() == 0;
    }

    private static ObjectNode component(Component component) {
        ObjectNode node = NODES.objectNode();
        boolean open = open(component);
        node.put("name", component.name());
        node.put("unit", component.unit());
        node.put("hourlyQuantity", open ? null : text(hourly(component.monthlyQuantity())));
        node.put("monthlyQuantity", open ? null : text(component.monthlyQuantity()));
        node.put("price", text(component.price()));
        node.put("hourlyCost", open ? null : text(hourly(component.monthly())));
        node.put("monthlyCost", open ? null : text(component.monthly()));
        node.put("usageBased", component.usageBased());
        node.put("priceNotFound", false);
        return node;
    }

    private static ObjectNode difference(Estimate estimate) {
        ObjectNode node = NODES.objectNode();
        ArrayNode resources = node.putArray("resources");
        for (ResourceEstimate resource : estimate.resources()) {
            List<Changes.Change> changes = Changes.of(resource);
            if (!changes.isEmpty()) {
                ObjectNode entry = changed(resource.address(), "", changes);
                entry.put("resourceType", resource.type());
                ObjectNode tags = entry.putObject("tags");
                resource.tags().forEach(tags::put);
                resources.add(entry);
            }
        }
        totals(
                node,
                "",
                total(estimate, ResourceEstimate::proposed).subtract(total(estimate, ResourceEstimate::prior)),
                usage(estimate, ResourceEstimate::proposed).subtract(usage(estimate, ResourceEstimate::prior)));
        return node;
    }

    /** Changed lines by the parts of the resource, as the breakdowns have them. */
    private static ObjectNode changed(String name, String path, List<Changes.Change> below) {
        ObjectNode node = NODES.objectNode();
        ArrayNode components = NODES.arrayNode();
        Map<String, List<Changes.Change>> deeper = new LinkedHashMap<>();
        for (Changes.Change change : below) {
            if (change.part().equals(path)) {
                components.add(change(change));
            } else {
                deeper.computeIfAbsent(next(path, change.part()), part -> new ArrayList<>())
                        .add(change);
            }
        }
        BigDecimal difference = below.stream().map(Changes.Change::difference).reduce(BigDecimal.ZERO, BigDecimal::add);
        node.put("name", name);
        node.putObject("metadata");
        node.put("hourlyCost", text(hourly(difference)));
        node.put("monthlyCost", text(difference));
        if (!components.isEmpty()) {
            node.set("costComponents", components);
        }
        if (!deeper.isEmpty()) {
            ArrayNode parts = node.putArray("subresources");
            deeper.forEach(
                    (part, changes) -> parts.add(changed(part, path.isEmpty() ? part : path + "/" + part, changes)));
        }
        return node;
    }

    /** The step after {@code path} on the way to a part. */
    private static String next(String path, String part) {
        String rest = path.isEmpty() ? part : part.substring(path.length() + 1);
        return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
    }

    private static ObjectNode change(Changes.Change change) {
        BigDecimal before = quantity(change.before());
        BigDecimal after = quantity(change.after());
        Component shown = change.after() == null ? change.before() : change.after();
        ObjectNode node = NODES.objectNode();
        node.put("name", change.line());
        node.put("unit", shown == null ? "" : shown.unit());
        node.put("hourlyQuantity", text(hourly(after.subtract(before))));
        node.put("monthlyQuantity", text(after.subtract(before)));
        node.put("price", text(price(change.after()).subtract(price(change.before()))));
        node.put("hourlyCost", text(hourly(change.difference())));
        node.put("monthlyCost", text(change.difference()));
        return node;
    }

    private static BigDecimal quantity(@org.jspecify.annotations.Nullable Component component) {
        return component == null ? BigDecimal.ZERO : component.monthlyQuantity();
    }

    private static BigDecimal price(@org.jspecify.annotations.Nullable Component component) {
        return component == null ? BigDecimal.ZERO : component.price();
    }

    /** Infracost calls free what has no price by its nature; what the book lacks is a number of ours. */
    private static ObjectNode summary(Estimate estimate) {
        ObjectNode node = NODES.objectNode();
        int unsupported = estimate.count(Kind.UNSUPPORTED);
        int free = estimate.count(Kind.FREE);
        node.put("totalDetectedResources", estimate.resources().size());
        node.put("totalSupportedResources", estimate.resources().size() - unsupported - free);
        node.put("totalUnsupportedResources", unsupported);
        node.put("totalUsageBasedResources", (int)
                estimate.resources().stream().filter(InfracostJson::hasUsage).count());
        node.put("totalNoPriceResources", free);
        node.set("unsupportedResourceCounts", types(estimate, resource -> resource.kind() == Kind.UNSUPPORTED));
        node.set("noPriceResourceCounts", types(estimate, resource -> resource.kind() == Kind.FREE));
        ObjectNode own = node.putObject("terrafleet");
        for (Kind kind : Kind.values()) {
            own.put(kind.word(), estimate.count(kind));
        }
        estimate.pricesAsOf().ifPresent(date -> own.put("prices-as-of", date.toString()));
        return node;
    }

    private static boolean hasUsage(ResourceEstimate resource) {
        return resource.proposed().components().stream().anyMatch(Component::usageBased)
                || resource.prior().components().stream().anyMatch(Component::usageBased);
    }

    private static ObjectNode types(Estimate estimate, Predicate<ResourceEstimate> which) {
        Map<String, Integer> counts = new TreeMap<>();
        estimate.resources().stream().filter(which).forEach(resource -> counts.merge(resource.type(), 1, Integer::sum));
        ObjectNode node = NODES.objectNode();
        counts.forEach(node::put);
        return node;
    }

    private static BigDecimal hourly(BigDecimal monthly) {
        return monthly.divide(Bill.HOURS, MathContext.DECIMAL64);
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
