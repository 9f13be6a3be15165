package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be read before a rule runs: an argument of its function, or a part of the input or of the base document.
 *
 * @param argument which one; only of {@link Root#ARGUMENT}
 */
record Place(Root root, int argument, List<Value> path) {
    enum Root {
        ARGUMENT,
        INPUT,
        DATA
    }

    static Place argument(int number) {
        return new Place(Root.ARGUMENT, number, List.of());
    }

    Place at(Value key) {
        List<Value> deeper = new ArrayList<>(path);
        deeper.add(key);
        return new Place(root, argument, List.copyOf(deeper));
    }

    /**
     * The place that an expression reads, if it reads one.
     *
     * @param variables places that variables stand for, by slot
     */
    static @Nullable Place of(Expr expression, Map<Integer, Place> variables) {
        return switch (expression) {
            case Documents.Input input -> new Place(Root.INPUT, 0, List.of());
            case Documents.Base(List<Value> path) -> new Place(Root.DATA, 0, path);
            case Expr.Slot(int slot) -> variables.get(slot);
            case Lookup(Expr base, List<Expr> keys) -> {
                Place place = of(base, variables);
                for (int i = 0; i < keys.size() && place != null; i++) {
                    Value key = keys.get(i).constant();
                    place = key == null ? null : place.at(key);
                }
                yield place;
            }
            default -> null;
        };
    }

    /** What is there now; null when nothing is. */
    @Nullable
    Value read(Machine machine, Value[] arguments) {
        Value value =
                switch (root) {
                    case ARGUMENT -> arguments[argument];
                    case INPUT -> machine.scope().input();
                    case DATA -> machine.scope().data();
                };
        for (int i = 0; i < path.size() && value != null; i++) {
            value = value.get(path.get(i));
        }
        return value;
    }
}
