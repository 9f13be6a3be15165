package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions that build arrays, sets, objects and texts. */
public final class Composites {
    private Composites() {}

    static Value @Nullable [] all(List<Expr> expressions, Machine machine, Value[] frame) {
        Value[] values = new Value[expressions.size()];
        for (int i = 0; i < expressions.size(); i++) {
            Value value = expressions.get(i).eval(machine, frame);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }

    /** {@code [a, b]} */
    public record Items(List<Expr> items) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            Value[] values = all(items, machine, frame);
            return values == null ? null : ArrayValue.of(values);
        }
    }

    /** {@code {a, b}} */
    public record Members(List<Expr> members) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            Value[] values = all(members, machine, frame);
            return values == null ? null : SetValue.of(values);
        }
    }

    /** {@code {a: b}} */
    public record Entries(List<Expr> keys, List<Expr> values, Position at) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            Value[] names = all(keys, machine, frame);
            Value[] contents = names == null ? null : all(values, machine, frame);
            if (names == null || contents == null) {
                return null;
            }
            Map<Value, Value> entries = HashMap.newHashMap(names.length);
            for (int i = 0; i < names.length; i++) {
                putUnique(entries, names[i], contents[i], at);
            }
            return ObjectValue.of(entries);
        }
    }

    /** {@code [item | body]} */
    public record ArrayComprehension(Expr item, Sequence body) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            List<Value> items = new ArrayList<>();
            body.run(machine, frame, solution -> {
                Value value = item.eval(machine, solution);
                machine.build(Sizes.REFERENCE);
                return value == null || items.add(value);
            });
            return ArrayValue.of(items);
        }
    }

    /** {@code {member | body}} */
    public record SetComprehension(Expr member, Sequence body) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            Set<Value> members = new HashSet<>();
            body.run(machine, frame, solution -> {
                Value value = member.eval(machine, solution);
                if (value != null) {
                    machine.build(Sizes.ENTRY);
                    members.add(value);
                }
                return true;
            });
            return SetValue.of(members);
        }
    }

    /** {@code {key: value | body}} */
    public record ObjectComprehension(Expr key, Expr value, Sequence body, Position at) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            Map<Value, Value> entries = new HashMap<>();
            body.run(machine, frame, solution -> {
                Value name = key.eval(machine, solution);
                Value content = name == null ? null : value.eval(machine, solution);
                if (name != null && content != null) {
                    machine.build(Sizes.ENTRY);
                    putUnique(entries, name, content, at);
                }
                return true;
            });
            return ObjectValue.of(entries);
        }
    }

    /** A term with a body of its own, undefined when the body has no solution. */
    public record First(Expr term, Sequence body) implements Expr {
        @Override
        public @Nullable Value eval(Machine machine, Value[] frame) {
            Value[] found = new Value[1];
            body.run(machine, frame, solution -> {
                Value value = term.eval(machine, solution);
                found[0] = value == null ? found[0] : value;
                return value == null;
            });
            return found[0];
        }
    }

    /** Texts joined; strings bare, other values in notation, undefined parts as {@code <undefined>}. */
    public record Text(List<Expr> parts, String separator) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                Value value = parts.get(i).eval(machine, frame);
                out.append(i == 0 ? "" : separator);
                switch (value) {
                    case null -> out.append("<undefined>");
                    case StringValue s -> out.append(s.value());
                    default -> value.write(out);
                }
            }
            machine.build(out.length());
            return new StringValue(out.toString());
        }
    }

    static void putUnique(Map<Value, Value> entries, Value key, Value value, Position at) {
        Value before = entries.put(key, value);
        if (before != null && !before.equals(value)) {
            throw new RegoException("eval_conflict_error", "object keys must be unique: " + key, at);
        }
    }
}
