package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the clauses of a function that can match, by an argument that many of them want to be a constant, as in {@code price("m5.large") :=
 * 7}. The others are left out unseen; what is found keeps the order in which it was written.
 */
final class RuleIndex {
    /** For fewer the search costs more than it saves. */
    private static final int FEWEST = 8;

    /** Clauses that want no constant stand with every constant; more in all are not kept. */
    private static final long MOST_KEPT = 200_000;

    private final int argument;
    private final Map<Value, PlannedRule[]> byConstant;
    private final PlannedRule[] others;

    private RuleIndex(int argument, Map<Value, PlannedRule[]> byConstant, PlannedRule[] others) {
        this.argument = argument;
        this.byConstant = byConstant;
        this.others = others;
    }

    /** By the argument that most clauses fix; null when none is worth it. */
    static @Nullable RuleIndex of(PlannedRule[] rules, int arity) {
        int best = -1;
        int most = FEWEST - 1;
        for (int i = 0; i < arity; i++) {
            int fixed = 0;
            for (PlannedRule rule : rules) {
                fixed += constant(rule, i) == null ? 0 : 1;
            }
            if (fixed > most) {
                best = i;
                most = fixed;
            }
        }
        boolean kept = (long) most * (rules.length - most) <= MOST_KEPT;
        return best < 0 || !kept ? null : by(best, rules);
    }

    private static RuleIndex by(int argument, PlannedRule[] rules) {
        Map<Value, List<PlannedRule>> fixed = new HashMap<>();
        for (PlannedRule rule : rules) {
            Value constant = constant(rule, argument);
            if (constant != null) {
                fixed.putIfAbsent(constant, new ArrayList<>());
            }
        }
        List<PlannedRule> others = new ArrayList<>();
        for (PlannedRule rule : rules) {
            Value constant = constant(rule, argument);
            if (constant == null) {
                others.add(rule);
                fixed.values().forEach(list -> list.add(rule));
            } else {
                fixed.getOrDefault(constant, others).add(rule);
            }
        }
        Map<Value, PlannedRule[]> byConstant = new HashMap<>();
        fixed.forEach((constant, list) -> byConstant.put(constant, list.toArray(PlannedRule[]::new)));
        return new RuleIndex(argument, byConstant, others.toArray(PlannedRule[]::new));
    }

    /** A clause with an {@code else} is looked at whatever it wants. */
    private static @Nullable Value constant(PlannedRule rule, int argument) {
        return rule.otherwise() == null
                        && rule.arguments().size() > argument
                        && rule.arguments().get(argument) instanceof Pattern.Equal(Expr expected)
                ? expected.constant()
                : null;
    }

    PlannedRule[] candidates(Value[] arguments) {
        return byConstant.getOrDefault(arguments[argument], others);
    }
}
