package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Machine;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.evaluation.Sink;
import io.terrafleet.rego.plan.Compilation;
import io.terrafleet.rego.plan.PlannedQuery;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A prepared query. Immutable; each evaluation is independent. */
public final class Query {
    private final Compilation policies;
    private final PlannedQuery planned;

    Query(Compilation policies, PlannedQuery planned) {
        this.policies = policies;
        this.planned = planned;
    }

    /** {@link #evaluate(Value, Value, Settings)} with default settings but these limits. */
    public Optional<Value> evaluate(@Nullable Value input, Value data, Limits limits) {
        return evaluate(input, data, Settings.DEFAULT.withLimits(limits));
    }

    /**
     * The value of a query that is a single term; empty when it is undefined. For other queries true when there is a
     * solution. Throws {@link RegoException} on conflicts ({@code eval_conflict_error}), exceeded limits ({@code
     * eval_limit_error}) and interruption ({@code eval_cancel_error}).
     *
     * @param input null when there is none
     * @param data the base document, usually an object
     */
    public Optional<Value> evaluate(@Nullable Value input, Value data, Settings settings) {
        Integer slot = planned.variables().get(PlannedQuery.VALUE);
        List<Value> found = new ArrayList<>(1);
        run(input, data, settings, frame -> {
            found.add(slot == null ? BoolValue.TRUE : frame[slot]);
            return false;
        });
        return found.stream().findFirst();
    }

    /**
     * One solution.
     *
     * @param bindings the values of the query's variables by name
     * @param value the query's own, when it is a single term, false included
     */
    public record Solution(Map<String, Value> bindings, Optional<Value> value) {
        public Solution {
            bindings = Map.copyOf(bindings);
        }
    }

    /** All solutions, those of a term that is false included. */
    public List<Solution> solutions(@Nullable Value input, Value data, Settings settings) {
        List<Solution> solutions = new ArrayList<>();
        run(input, data, settings, frame -> {
            Map<String, Value> bindings = new TreeMap<>();
            planned.variables().forEach((name, slot) -> bindings.put(name, frame[slot]));
            Value term = bindings.remove(PlannedQuery.VALUE);
            return solutions.add(new Solution(bindings, Optional.ofNullable(term)));
        });
        return solutions;
    }

    /** All solutions: for each, the values of the query's variables by name. A term must not be false to be one. */
    public List<Map<String, Value>> bindings(@Nullable Value input, Value data, Settings settings) {
        List<Map<String, Value>> solutions = new ArrayList<>();
        run(input, data, settings, frame -> {
            Map<String, Value> solution = new TreeMap<>();
            planned.variables().forEach((name, slot) -> solution.put(name, frame[slot]));
            Value term = solution.remove(PlannedQuery.VALUE);
            return BoolValue.FALSE.equals(term) || solutions.add(solution);
        });
        return solutions;
    }

    private void run(@Nullable Value input, Value data, Settings settings, Sink sink) {
        new Machine(input, data, policies.groups(), settings).run(planned.body(), planned.slots(), sink);
    }
}
