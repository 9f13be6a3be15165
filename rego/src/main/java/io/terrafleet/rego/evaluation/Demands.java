package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be where, so that a rule can hold: {@code input.kind == "bucket"}, {@code x in {"a", "b"}} of an argument {@code x}, {@code
 * ["users", id] = input.path}. Read off the planned rule; each is only necessary, the rule itself is still run.
 */
final class Demands {
    private static final int MOST_MEMBERS = 64;

    private final Map<Place, Set<Value>> wanted = new HashMap<>();
    private final Map<Integer, Place> variables = new HashMap<>();

    private Demands() {}

    /** With its {@code else} clauses: only what each of them wants, and then any of what they want. */
    static Map<Place, Set<Value>> of(PlannedRule rule) {
        Map<Place, Set<Value>> all = clause(rule);
        for (PlannedRule next = rule.otherwise(); next != null && !all.isEmpty(); next = next.otherwise()) {
            Map<Place, Set<Value>> other = clause(next);
            all.keySet().retainAll(other.keySet());
            all.replaceAll((place, values) -> {
                Set<Value> either = new HashSet<>(values);
                either.addAll(other.getOrDefault(place, Set.of()));
                return either;
            });
        }
        return all;
    }

    private static Map<Place, Set<Value>> clause(PlannedRule rule) {
        Demands demands = new Demands();
        for (int i = 0; i < rule.arguments().size(); i++) {
            demands.match(Place.argument(i), rule.arguments().get(i));
        }
        for (Step step : rule.body().steps()) {
            demands.step(step);
        }
        return demands.wanted;
    }

    private void step(Step step) {
        switch (step) {
            case Checks.Match(Expr expression, Pattern pattern) -> {
                Place place = Place.of(expression, variables);
                if (place != null) {
                    match(place, pattern);
                } else if (expression.constant() != null && pattern instanceof Pattern.Equal(Expr other)) {
                    equal(other, expression);
                }
            }
            case Checks.Holds(Invocation(Callable.Builtin(var function), List<Expr> arguments, var at)) -> {
                if (function.name().equals("equal")) {
                    equal(arguments.get(0), arguments.get(1));
                    equal(arguments.get(1), arguments.get(0));
                } else if (function.name().equals("internal.member_2")) {
                    member(arguments.get(0), arguments.get(1).constant());
                }
            }
            default -> {}
        }
    }

    private void match(Place place, Pattern pattern) {
        switch (pattern) {
            case Pattern.Any any -> {}
            case Pattern.Bind(int slot) -> variables.put(slot, place);
            case Pattern.Equal(Expr expected) -> {
                Value constant = expected.constant();
                if (constant != null) {
                    want(place, Set.of(constant));
                }
            }
            case Pattern.Items(List<Pattern> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    match(place.at(NumberValue.of(i)), items.get(i));
                }
            }
            case Pattern.Entries(List<Expr> keys, List<Pattern> values) -> {
                for (int i = 0; i < keys.size(); i++) {
                    Value key = keys.get(i).constant();
                    if (key != null) {
                        match(place.at(key), values.get(i));
                    }
                }
            }
        }
    }

    private void equal(Expr one, Expr other) {
        Value constant = other.constant();
        Place place = constant == null ? null : Place.of(one, variables);
        if (constant != null && place != null) {
            want(place, Set.of(constant));
        }
    }

    private void member(Expr item, @Nullable Value collection) {
        Set<Value> members =
                switch (collection) {
                    case ArrayValue array -> new HashSet<>(array.list());
                    case SetValue set -> new HashSet<>(set.list());
                    case ObjectValue object -> {
                        Set<Value> values = new HashSet<>();
                        for (int i = 0; i < object.size(); i++) {
                            values.add(object.valueAt(i));
                        }
                        yield values;
                    }
                    case null, default -> null;
                };
        Place place = members == null || members.size() > MOST_MEMBERS ? null : Place.of(item, variables);
        if (members != null && place != null) {
            want(place, members);
        }
    }

    private void want(Place place, Set<Value> values) {
        wanted.merge(place, new HashSet<>(values), (before, now) -> {
            before.retainAll(now);
            return before;
        });
    }
}
