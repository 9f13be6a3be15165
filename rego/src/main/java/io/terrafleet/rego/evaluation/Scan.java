package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.List;

/** Ranges over the parts of a value: {@code base[free][ground]… = result}. */
public record Scan(Expr base, List<Selector> path, Pattern result) implements Step.Branch {
    @Override
    public boolean run(Machine machine, Value[] frame, Rest rest) {
        Value value = base.eval(machine, frame);
        return value == null || from(machine, frame, value, 0, rest);
    }

    boolean from(Machine machine, Value[] frame, Value value, int depth, Rest rest) {
        if (depth == path.size()) {
            return !result.match(machine, frame, value) || rest.run(machine, frame);
        }
        return switch (path.get(depth)) {
            case Selector.Ground(Expr expression) -> {
                Value key = expression.eval(machine, frame);
                Value part = key == null ? null : value.get(key);
                yield part == null || from(machine, frame, part, depth + 1, rest);
            }
            case Selector.Free(Pattern pattern) -> range(machine, frame, value, pattern, depth, rest);
        };
    }

    private boolean range(Machine machine, Value[] frame, Value value, Pattern pattern, int depth, Rest rest) {
        return switch (value) {
            case ArrayValue array -> items(machine, frame, array, pattern, depth, rest);
            case ObjectValue object -> entries(machine, frame, object, pattern, depth, rest);
            case SetValue set -> members(machine, frame, set, pattern, depth, rest);
            default -> true;
        };
    }

    private boolean items(Machine machine, Value[] frame, ArrayValue array, Pattern pattern, int depth, Rest rest) {
        for (int i = 0; i < array.size(); i++) {
            machine.step();
            if (pattern.match(machine, frame, NumberValue.of(i))
                    && !from(machine, frame, array.at(i), depth + 1, rest)) {
                return false;
            }
        }
        return true;
    }

    private boolean entries(Machine machine, Value[] frame, ObjectValue object, Pattern pattern, int depth, Rest rest) {
        for (int i = 0; i < object.size(); i++) {
            machine.step();
            if (pattern.match(machine, frame, object.keyAt(i))
                    && !from(machine, frame, object.valueAt(i), depth + 1, rest)) {
                return false;
            }
        }
        return true;
    }

    private boolean members(Machine machine, Value[] frame, SetValue set, Pattern pattern, int depth, Rest rest) {
        for (int i = 0; i < set.size(); i++) {
            machine.step();
            Value member = set.at(i);
            if (pattern.match(machine, frame, member) && !from(machine, frame, member, depth + 1, rest)) {
                return false;
            }
        }
        return true;
    }
}
