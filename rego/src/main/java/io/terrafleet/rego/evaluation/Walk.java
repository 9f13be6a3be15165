package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code walk(subject, [path, value])}: every part of a value with the path that leads to it.
 *
 * @param paths false when nobody looks at the path, which then is not built
 */
public record Walk(Expr subject, Pattern result, boolean paths) implements Step.Branch {
    @Override
    public boolean run(Machine machine, Value[] frame, Rest rest) {
        Value value = subject.eval(machine, frame);
        return value == null || visit(machine, frame, value, new ArrayList<>(), rest);
    }

    private boolean visit(Machine machine, Value[] frame, Value value, List<Value> path, Rest rest) {
        machine.step();
        Value at = paths ? ArrayValue.of(path) : ArrayValue.EMPTY;
        if (result.match(machine, frame, ArrayValue.of(at, value)) && !rest.run(machine, frame)) {
            return false;
        }
        switch (value) {
            case ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (!into(machine, frame, NumberValue.of(i), array.at(i), path, rest)) {
                        return false;
                    }
                }
            }
            case ObjectValue object -> {
                for (int i = 0; i < object.size(); i++) {
                    if (!into(machine, frame, object.keyAt(i), object.valueAt(i), path, rest)) {
                        return false;
                    }
                }
            }
            case SetValue set -> {
                for (int i = 0; i < set.size(); i++) {
                    if (!into(machine, frame, set.at(i), set.at(i), path, rest)) {
                        return false;
                    }
                }
            }
            default -> {}
        }
        return true;
    }

    private boolean into(Machine machine, Value[] frame, Value key, Value part, List<Value> path, Rest rest) {
        path.addLast(key);
        boolean more = visit(machine, frame, part, path, rest);
        path.removeLast();
        return more;
    }
}
