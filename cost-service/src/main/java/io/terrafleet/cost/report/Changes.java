package io.terrafleet.cost.report;

import io.terrafleet.cost.estimate.ResourceEstimate;
import io.terrafleet.cost.resource.Component;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes on the bill of one resource, line by line. */
final class Changes {
    /** A line before and after; one of them may be missing. */
    record Change(String name, @Nullable Component before, @Nullable Component after) {
        BigDecimal monthlyBefore() {
            return before == null ? BigDecimal.ZERO : before.monthly();
        }

        BigDecimal monthlyAfter() {
            return after == null ? BigDecimal.ZERO : after.monthly();
        }

        BigDecimal difference() {
            return monthlyAfter().subtract(monthlyBefore());
        }

        /** {@code +}, {@code -} or {@code ~}. */
        String sign() {
            return before == null ? "+" : after == null ? "-" : "~";
        }
    }

    private Changes() {}

    /** Lines that are not the same before and after. Lines of one name are taken in their order. */
    static List<Change> of(ResourceEstimate resource) {
        Map<String, Component> before = named(resource.prior().components());
        Map<String, Component> after = named(resource.proposed().components());
        List<Change> changes = new ArrayList<>();
        after.forEach((name, component) -> {
            Component earlier = before.get(name);
            if (earlier == null || differ(earlier, component)) {
                changes.add(new Change(name, earlier, component));
            }
        });
        before.forEach((name, component) -> {
            if (!after.containsKey(name)) {
                changes.add(new Change(name, component, null));
            }
        });
        return changes;
    }

    static boolean any(ResourceEstimate resource) {
        return !of(resource).isEmpty();
    }

    private static boolean differ(Component before, Component after) {
        return before.monthlyQuantity().compareTo(after.monthlyQuantity()) != 0
                || before.price().compareTo(after.price()) != 0;
    }

    private static Map<String, Component> named(List<Component> components) {
        Map<String, Component> named = new LinkedHashMap<>();
        for (Component component : components) {
            String name = component.part().isEmpty() ? component.name() : component.part() + ": " + component.name();
            String unique = name;
            for (int i = 2; named.containsKey(unique); i++) {
                unique = name + " #" + i;
            }
            named.put(unique, component);
        }
        return named;
    }
}
