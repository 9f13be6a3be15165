package io.terrafleet.cost.report;

import io.terrafleet.cost.estimate.Cost;
import io.terrafleet.cost.resource.Component;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a bill by the parts of the resource.
 *
 * @param name of the part; empty for the resource itself
 */
record Lines(String name, List<Component> components, List<Lines> parts) {

    static Lines of(Cost cost) {
        return of("", "", cost.components());
    }

    private static Lines of(String name, String path, List<Component> below) {
        List<Component> own = new ArrayList<>();
        Map<String, List<Component>> deeper = new LinkedHashMap<>();
        for (Component component : below) {
            if (component.part().equals(path)) {
                own.add(component);
            } else {
                String rest = component.part().substring(path.isEmpty() ? 0 : path.length() + 1);
                String next = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
                deeper.computeIfAbsent(next, part -> new ArrayList<>()).add(component);
            }
        }
        List<Lines> parts = new ArrayList<>();
        deeper.forEach(
                (part, components) -> parts.add(of(part, path.isEmpty() ? part : path + "/" + part, components)));
        return new Lines(name, List.copyOf(own), List.copyOf(parts));
    }

    BigDecimal monthly() {
        BigDecimal own = components.stream().map(Component::monthly).reduce(BigDecimal.ZERO, BigDecimal::add);
        return parts.stream().map(Lines::monthly).reduce(own, BigDecimal::add);
    }

    /** The share of it that use decides. */
    BigDecimal monthlyUsage() {
        BigDecimal own = components.stream()
                .filter(Component::usageBased)
                .map(Component::monthly)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return parts.stream().map(Lines::monthlyUsage).reduce(own, BigDecimal::add);
    }

    boolean isEmpty() {
        return components.isEmpty() && parts.isEmpty();
    }
}
