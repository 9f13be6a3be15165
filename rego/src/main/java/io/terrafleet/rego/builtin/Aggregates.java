package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.Comparator;
import java.util.function.BinaryOperator;

/** Functions that make one value of many. */
final class Aggregates {
    private Aggregates() {}

    static void register(Builtins.Registry registry) {
        registry.add("count", 1, Aggregates::count);
        registry.add("sum", 1, o -> fold(o, NumberValue.of(0), Operators::plus));
        registry.add("product", 1, o -> fold(o, NumberValue.of(1), Operators::times));
        registry.add("max", 1, o -> o.collection(0).stream()
                .max(Comparator.naturalOrder())
                .orElse(null));
        registry.add("min", 1, o -> o.collection(0).stream()
                .min(Comparator.naturalOrder())
                .orElse(null));
        registry.add(
                "sort", 1, o -> ArrayValue.of(o.collection(0).stream().sorted().toList()));
        registry.add("all", 1, o -> Value.of(o.collection(0).stream().allMatch(BoolValue.TRUE::equals)));
        registry.add("any", 1, o -> Value.of(o.collection(0).stream().anyMatch(BoolValue.TRUE::equals)));
    }

    private static Value count(Operands o) {
        return switch (o.at(0)) {
            case ArrayValue a -> Value.of(a.size());
            case ObjectValue a -> Value.of(a.size());
            case SetValue a -> Value.of(a.size());
            case StringValue a -> Value.of(a.value().codePointCount(0, a.value().length()));
            default -> throw o.wrong(0, "one of {array, object, set, string}");
        };
    }

    private static Value fold(Operands o, NumberValue start, BinaryOperator<NumberValue> operator) {
        NumberValue result = start;
        for (Value member : o.collection(0)) {
            if (!(member instanceof NumberValue number)) {
                throw o.type(
                        0,
                        "must be " + o.at(0).typeName() + " of numbers but got "
                                + o.at(0).typeName() + " containing " + member.typeName());
            }
            result = operator.apply(result, number);
        }
        return result;
    }
}
