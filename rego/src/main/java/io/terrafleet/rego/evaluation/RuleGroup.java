package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All rules that define one name. */
public final class RuleGroup {
    private static final Value[] NO_ARGUMENTS = {};

    private final int id;
    private final List<String> path;
    private final Kind kind;
    private final int arity;
    private PlannedRule[] rules = {};
    private @Nullable PlannedRule fallback;
    private boolean sameConstant;
    private @Nullable RuleIndex index;

    /** What kind of document the rules make together. */
    public enum Kind {
        COMPLETE,
        FUNCTION,
        SET,
        OBJECT
    }

    public RuleGroup(int id, List<String> path, Kind kind, int arity) {
        this.id = id;
        this.path = List.copyOf(path);
        this.kind = kind;
        this.arity = arity;
    }

    /**
     * The planner's last word; called once before the group is used.
     *
     * @param indexed whether rules that cannot hold may be left out unseen
     */
    public void define(List<PlannedRule> planned, @Nullable PlannedRule byDefault, boolean indexed) {
        this.rules = planned.toArray(PlannedRule[]::new);
        this.fallback = byDefault;
        this.index = indexed ? RuleIndex.of(rules) : null;
        Value first = rules.length == 0 ? null : rules[0].value().constant();
        boolean same = first != null;
        for (PlannedRule rule : rules) {
            for (PlannedRule r = rule; r != null; r = r.otherwise()) {
                same = same && first != null && first.equals(r.value().constant());
            }
        }
        this.sameConstant = same;
    }

    int id() {
        return id;
    }

    public List<String> path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    public int arity() {
        return arity;
    }

    public boolean isFunction() {
        return kind == Kind.FUNCTION;
    }

    /** The name in full, such as {@code data.a.b} or {@code data.a["b-c"]}; it can be used as a query. */
    public String name() {
        StringBuilder name = new StringBuilder("data");
        for (String part : path) {
            boolean plain = part.matches("[a-zA-Z_][a-zA-Z0-9_]*");
            name.append(plain ? "." + part : "[" + new StringValue(part) + "]");
        }
        return name.toString();
    }

    @Nullable
    Value evaluate(Machine machine) {
        return switch (kind) {
            case COMPLETE, FUNCTION -> single(machine, NO_ARGUMENTS);
            case SET -> members(machine);
            case OBJECT -> entries(machine);
        };
    }

    @Nullable
    Value single(Machine machine, Value[] arguments) {
        Value result = null;
        for (PlannedRule rule : candidates(machine, arguments)) {
            Value value = valueOf(rule, machine, arguments);
            if (value == null) {
                continue;
            }
            if (result != null && !result.equals(value)) {
                throw conflict(rule);
            }
            result = value;
            if (sameConstant) {
                break;
            }
        }
        return result == null && fallback != null ? valueOf(fallback, machine, arguments) : result;
    }

    private @Nullable Value valueOf(PlannedRule rule, Machine machine, Value[] arguments) {
        for (PlannedRule clause = rule; clause != null; clause = clause.otherwise()) {
            Value[] found = new Value[1];
            clause.run(machine, arguments, (planned, frame) -> {
                Value value = planned.value().eval(machine, frame);
                if (value == null) {
                    return true;
                }
                if (found[0] != null && !found[0].equals(value)) {
                    throw conflict(planned);
                }
                found[0] = value;
                return planned.value().constant() == null;
            });
            if (found[0] != null) {
                return found[0];
            }
        }
        return null;
    }

    private RegoException conflict(PlannedRule rule) {
        String message = isFunction()
                ? "functions must not produce multiple outputs for same inputs"
                : "complete rules must not produce multiple outputs";
        return new RegoException("eval_conflict_error", message + ": " + name(), rule.at());
    }

    /** Where functions are replaced the index knows less than it believes. */
    private PlannedRule[] candidates(Machine machine, Value[] arguments) {
        return index == null || machine.scope().replaces() ? rules : index.candidates(machine, arguments);
    }

    private Value members(Machine machine) {
        Set<Value> members = new HashSet<>();
        for (PlannedRule rule : candidates(machine, NO_ARGUMENTS)) {
            rule.run(machine, NO_ARGUMENTS, (planned, frame) -> {
                Value member = planned.value().eval(machine, frame);
                if (member != null) {
                    machine.build(Sizes.ENTRY);
                    members.add(member);
                }
                return true;
            });
        }
        return SetValue.of(members);
    }

    private Value entries(Machine machine) {
        ObjectBuilder builder = new ObjectBuilder();
        for (PlannedRule rule : candidates(machine, NO_ARGUMENTS)) {
            for (PlannedRule clause = rule; clause != null; clause = clause.otherwise()) {
                boolean[] any = new boolean[1];
                clause.run(machine, NO_ARGUMENTS, (planned, frame) -> {
                    Value[] keys = Composites.all(planned.keys(), machine, frame);
                    Value value = keys == null ? null : planned.value().eval(machine, frame);
                    if (keys != null && value != null) {
                        any[0] = true;
                        machine.build(Sizes.ENTRY);
                        builder.put(keys, value, planned.member(), planned.at());
                    }
                    return true;
                });
                if (any[0]) {
                    break;
                }
            }
        }
        return builder.build();
    }
}
