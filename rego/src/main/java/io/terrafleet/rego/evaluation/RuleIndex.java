package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules of a group that can hold, by what they want to be where (see {@link Demands}). The others are left out unseen; what is
 * found keeps the order in which it was written. A tree: each node looks at the place that most of its rules care about.
 */
final class RuleIndex {
    /** For fewer the search costs more than it saves. */
    private static final int FEWEST = 3;

    /** Rules that want nothing of a place stand with each of its values; more in all are not kept. */
    private static final int MOST_KEPT = 200_000;

    private final Node root;

    private RuleIndex(Node root) {
        this.root = root;
    }

    private sealed interface Node {}

    private static final class Leaf implements Node {
        private final PlannedRule[] rules;

        Leaf(List<Demanding> rules) {
            this.rules = rules.stream().map(Demanding::rule).toArray(PlannedRule[]::new);
        }
    }

    /** @param others where the place holds none of the values, or nothing */
    private record Choice(Place place, Map<Value, Node> byValue, Node others) implements Node {}

    private record Demanding(PlannedRule rule, Map<Place, Set<Value>> demands) {}

    /** Null when none is worth it. */
    static @Nullable RuleIndex of(PlannedRule[] rules) {
        if (rules.length < FEWEST) {
            return null;
        }
        List<Demanding> all = new ArrayList<>();
        for (PlannedRule rule : rules) {
            all.add(new Demanding(rule, Demands.of(rule)));
        }
        int[] left = {MOST_KEPT};
        Node node = node(all, new HashSet<>(), left);
        return node instanceof Leaf ? null : new RuleIndex(node);
    }

    private static Node node(List<Demanding> rules, Set<Place> looked, int[] left) {
        Place place = best(rules, looked);
        if (place == null) {
            return new Leaf(rules);
        }
        Map<Value, List<Demanding>> byValue = new HashMap<>();
        List<Demanding> others = new ArrayList<>();
        for (Demanding rule : rules) {
            for (Value value : rule.demands().getOrDefault(place, Set.of())) {
                byValue.putIfAbsent(value, new ArrayList<>());
            }
        }
        int kept = 0;
        for (Demanding rule : rules) {
            Set<Value> wanted = rule.demands().get(place);
            Collection<Value> values = wanted == null ? byValue.keySet() : wanted;
            kept += values.size();
            if (kept > left[0]) {
                return new Leaf(rules);
            }
            values.forEach(value -> byValue.getOrDefault(value, others).add(rule));
            if (wanted == null) {
                others.add(rule);
            }
        }
        left[0] -= kept;
        Set<Place> deeper = new HashSet<>(looked);
        deeper.add(place);
        Map<Value, Node> nodes = new HashMap<>();
        byValue.forEach((value, some) -> nodes.put(value, node(some, deeper, left)));
        return new Choice(place, Map.copyOf(nodes), node(others, deeper, left));
    }

    /** The place that most rules care about, of several the one that comes first in the sources. */
    private static @Nullable Place best(List<Demanding> rules, Set<Place> looked) {
        Map<Place, Integer> counts = new HashMap<>();
        Place best = null;
        int most = FEWEST - 1;
        for (Demanding rule : rules) {
            for (Place place : rule.demands().keySet()) {
                int count = looked.contains(place) ? 0 : counts.merge(place, 1, Integer::sum);
                if (count > most) {
                    best = place;
                    most = count;
                }
            }
        }
        return best;
    }

    PlannedRule[] candidates(Machine machine, Value[] arguments) {
        Node node = root;
        while (true) {
            switch (node) {
                case Leaf leaf -> {
                    return leaf.rules;
                }
                case Choice(Place place, Map<Value, Node> byValue, Node others) -> {
                    Value value = place.read(machine, arguments);
                    node = value == null ? others : byValue.getOrDefault(value, others);
                }
            }
        }
    }
}
