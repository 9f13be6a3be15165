package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into a value without surprises: what is absent or of another type reads as empty. */
final class Tree {
    private Tree() {}

    static @Nullable Value at(@Nullable Value value, String member) {
        return value instanceof ObjectValue object ? object.get(member) : null;
    }

    static ObjectValue object(@Nullable Value value, String member) {
        return at(value, member) instanceof ObjectValue found ? found : ObjectValue.EMPTY;
    }

    static List<Value> list(@Nullable Value value, String member) {
        return at(value, member) instanceof ArrayValue found ? found.list() : List.of();
    }

    static @Nullable String text(@Nullable Value value, String member) {
        return at(value, member) instanceof StringValue found ? found.value() : null;
    }

    static String text(@Nullable Value value, String member, String otherwise) {
        return at(value, member) instanceof StringValue found ? found.value() : otherwise;
    }

    /** Whether the value is true or holds a true at any depth, as the marks of a plan do. */
    static boolean marks(@Nullable Value value) {
        return switch (value) {
            case null -> false;
            case BoolValue bool -> bool.equals(BoolValue.TRUE);
            case ArrayValue array -> array.list().stream().anyMatch(Tree::marks);
            case ObjectValue object -> object.values().stream().anyMatch(Tree::marks);
            case Value other -> false;
        };
    }
}
