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
    /**
     * A line before and after; one of them may be missing.
     *
     * @param part the part of the resource that it is on, for example {@code root_block_device}; empty for the resource itself
     * @param line its name there
     */
    record Change(String part, String line, @Nullable Component before, @Nullable Component after) {
        /** For lists that do not nest. */
        String name() {
            return part.isEmpty() ? line : part + ": " + line;
        }

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
        Map<Place, Component> before = placed(resource.prior().components());
        Map<Place, Component> after = placed(resource.proposed().components());
        List<Change> changes = new ArrayList<>();
        after.forEach((place, component) -> {
            Component earlier = before.get(place);
            if (earlier == null || differ(earlier, component)) {
                changes.add(new Change(place.part(), place.line(), earlier, component));
            }
        });
        before.forEach((place, component) -> {
            if (!after.containsKey(place)) {
                changes.add(new Change(place.part(), place.line(), component, null));
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

    /** Where a line stands on the bill. */
    private record Place(String part, String line) {}

    private static Map<Place, Component> placed(List<Component> components) {
        Map<Place, Component> placed = new LinkedHashMap<>();
        for (Component component : components) {
            Place place = new Place(component.part(), component.name());
            for (int i = 2; placed.containsKey(place); i++) {
                place = new Place(component.part(), component.name() + " #" + i);
            }
            placed.put(place, component);
        }
        return placed;
    }
}
