package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** References into the documents. */
public final class Documents {
    private Documents() {}

    /** {@code input} */
    public record Input() implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            return machine.scope().input();
        }
    }

    /** A part of the base document at a place where no rule can be. */
    public record Base(List<Value> path) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            Value value = machine.scope().data();
            for (int i = 0; i < path.size() && value != null; i++) {
                value = value.get(path.get(i));
            }
            return value;
        }
    }

    /** The value of a rule. */
    public record OfRule(RuleGroup group) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            return machine.rule(group);
        }
    }

    /** A package, with everything below it. */
    public record Extent(RuleNode node) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            return node.extent(machine, machine.scope().base(node.path()));
        }
    }

    /** Ranges over packages, rules and data together: {@code data.a[x].b}. */
    public record Tree(RuleNode start, List<Selector> path, Pattern result) implements Step.Branch {
        @Override
        public boolean run(Machine machine, Value[] frame, Rest rest) {
            Value base = machine.scope().base(start.path());
            return into(machine, frame, start, base, 0, rest);
        }

        private boolean into(
                Machine machine, Value[] frame, @Nullable RuleNode node, @Nullable Value base, int depth, Rest rest) {
            if (node == null
                    || depth == path.size()
                    || node.group() != null
                    || machine.scope().shadows(node.path())) {
                Value value = node == null ? base : node.extent(machine, base);
                return value == null
                        || new Scan(new Expr.Constant(value), path, result).from(machine, frame, value, depth, rest);
            }
            return switch (path.get(depth)) {
                case Selector.Ground(Expr expression) -> {
                    Value key = expression.eval(machine, frame);
                    yield key == null || below(machine, frame, node, base, key, depth, rest);
                }
                case Selector.Free(Pattern pattern) -> range(machine, frame, node, base, pattern, depth, rest);
            };
        }

        private boolean range(
                Machine machine,
                Value[] frame,
                RuleNode node,
                @Nullable Value base,
                Pattern pattern,
                int depth,
                Rest rest) {
            TreeSet<Value> keys = new TreeSet<>();
            node.children().keySet().forEach(name -> keys.add(new StringValue(name)));
            if (base instanceof ObjectValue object) {
                keys.addAll(object.keys());
            }
            for (Value key : keys) {
                machine.step();
                if (pattern.match(machine, frame, key) && !below(machine, frame, node, base, key, depth, rest)) {
                    return false;
                }
            }
            return true;
        }

        private boolean below(
                Machine machine, Value[] frame, RuleNode node, @Nullable Value base, Value key, int depth, Rest rest) {
            RuleNode child = node.child(key);
            Value part = base == null ? null : base.get(key);
            return (child == null && part == null) || into(machine, frame, child, part, depth + 1, rest);
        }
    }
}
