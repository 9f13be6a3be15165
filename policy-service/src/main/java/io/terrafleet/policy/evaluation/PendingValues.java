package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells, of the values that are known only after apply, those that the configuration gives from those that the provider will
 * fill in because nobody gave them. Terraform marks both the same. A value counts as given when its expression refers to something that is
 * itself unknown; an expression of known parts whose value is unknown is null, which is to give nothing.
 */
final class PendingValues {
    private final Predicate<Value> mayBeUnknown;

    /** @param mayBeUnknown whether an expression of the configuration refers to something known only after apply */
    PendingValues(Predicate<Value> mayBeUnknown) {
        this.mayBeUnknown = mayBeUnknown;
    }

    /** The marks with what the provider fills in left out; empty members are left out too, places in arrays are kept. */
    ObjectValue of(@Nullable Value marks, ObjectValue expressions) {
        if (!(marks instanceof ObjectValue object)) {
            return ObjectValue.EMPTY;
        }
        Map<Value, Value> kept = new HashMap<>();
        for (int i = 0; i < object.size(); i++) {
            Value mark = object.valueAt(i);
            Value expression = expressions.get(object.keyAt(i));
            Value pending = expression == null ? dynamicBlock(mark) : given(mark, List.of(expression));
            if (pending != null) {
                kept.put(object.keyAt(i), pending);
            }
        }
        return ObjectValue.of(kept);
    }

    /** A dynamic block is not in the configuration: what is unknown in it counts as given. */
    private static @Nullable Value dynamicBlock(Value mark) {
        return mark instanceof BoolValue ? null : pruned(mark);
    }

    private @Nullable Value given(Value mark, List<Value> expressions) {
        if (!Tree.marks(mark) || expressions.isEmpty()) {
            return null;
        }
        List<Value> blocks = new ArrayList<>();
        boolean pending = false;
        for (Value expression : expressions) {
            if (expression instanceof ArrayValue list) {
                blocks.addAll(list.list());
            } else if (isBlock(expression)) {
                blocks.add(expression);
            } else {
                pending |= mayBeUnknown.test(expression);
            }
        }
        if (mark instanceof BoolValue) {
            return pending || blocks.stream().anyMatch(mayBeUnknown) ? BoolValue.TRUE : null;
        }
        return pending ? pruned(mark) : inBlocks(mark, blocks);
    }

    private static boolean isBlock(Value expression) {
        return expression instanceof ObjectValue object
                && object.size() > 0
                && object.get("references") == null
                && object.get("constant_value") == null;
    }

    /** Blocks of a set come in another order than in the configuration, so all blocks are asked for each. */
    private @Nullable Value inBlocks(Value mark, List<Value> blocks) {
        if (mark instanceof ArrayValue array) {
            List<Value> items = new ArrayList<>();
            boolean any = false;
            for (Value item : array.list()) {
                Value pending = Tree.marks(item) ? inBlocks(item, blocks) : null;
                any |= pending != null;
                items.add(pending == null ? BoolValue.FALSE : pending);
            }
            return any ? ArrayValue.of(items) : null;
        }
        return mark instanceof ObjectValue object ? members(object, blocks) : null;
    }

    private @Nullable Value members(ObjectValue marks, List<Value> blocks) {
        Map<Value, Value> kept = new HashMap<>();
        for (int i = 0; i < marks.size(); i++) {
            Value name = marks.keyAt(i);
            List<Value> expressions = new ArrayList<>();
            for (Value block : blocks) {
                Value expression = block.get(name);
                if (expression != null) {
                    expressions.add(expression);
                }
            }
            Value pending = given(marks.valueAt(i), expressions);
            if (pending != null) {
                kept.put(name, pending);
            }
        }
        return kept.isEmpty() ? null : ObjectValue.of(kept);
    }

    private static @Nullable Value pruned(Value mark) {
        if (!Tree.marks(mark)) {
            return null;
        }
        return switch (mark) {
            case ArrayValue array ->
                ArrayValue.of(array.list().stream()
                        .map(item -> Objects.requireNonNullElse(pruned(item), BoolValue.FALSE))
                        .toList());
            case ObjectValue object -> {
                Map<Value, Value> kept = new HashMap<>();
                for (int i = 0; i < object.size(); i++) {
                    Value member = pruned(object.valueAt(i));
                    if (member != null) {
                        kept.put(object.keyAt(i), member);
                    }
                }
                yield ObjectValue.of(kept);
            }
            case Value other -> other;
        };
    }
}
