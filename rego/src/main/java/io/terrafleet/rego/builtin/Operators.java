package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What operators stand for: arithmetic, comparison, set algebra, membership. */
final class Operators {
    private Operators() {}

    static void register(Builtins.Registry registry) {
        registry.add("equal", 2, o -> Value.of(o.at(0).equals(o.at(1))));
        registry.add("neq", 2, o -> Value.of(!o.at(0).equals(o.at(1))));
        registry.add("lt", 2, o -> Value.of(o.at(0).compareTo(o.at(1)) < 0));
        registry.add("lte", 2, o -> Value.of(o.at(0).compareTo(o.at(1)) <= 0));
        registry.add("gt", 2, o -> Value.of(o.at(0).compareTo(o.at(1)) > 0));
        registry.add("gte", 2, o -> Value.of(o.at(0).compareTo(o.at(1)) >= 0));
        registry.add("plus", 2, o -> plus(o.number(0), o.number(1)));
        registry.add("minus", 2, Operators::minus);
        registry.add("mul", 2, o -> times(o.number(0), o.number(1)));
        registry.add("div", 2, Operators::divide);
        registry.add("rem", 2, Operators::remainder);
        registry.add("and", 2, o -> intersection(o.set(0), o.set(1)));
        registry.add("or", 2, o -> union(o.set(0), o.set(1)));
        registry.add("internal.member_2", 2, o -> Value.of(member(o.at(0), o.at(1))));
        registry.add("internal.member_3", 3, o -> Value.of(entry(o.at(0), o.at(1), o.at(2))));
    }

    /** Whole numbers are added and multiplied exactly, of whatever size. */
    private static boolean areWhole(NumberValue a, NumberValue b) {
        return a.isInteger() && b.isInteger();
    }

    static NumberValue plus(NumberValue a, NumberValue b) {
        if (a.isLong() && b.isLong()) {
            long sum = a.longValue() + b.longValue();
            if (((a.longValue() ^ sum) & (b.longValue() ^ sum)) >= 0) {
                return NumberValue.of(sum);
            }
        }
        return areWhole(a, b) ? NumberValue.of(a.decimal().add(b.decimal())) : Fractions.apply(a, b, BigDecimal::add);
    }

    static NumberValue times(NumberValue a, NumberValue b) {
        if (a.isLong() && b.isLong()) {
            long high = Math.multiplyHigh(a.longValue(), b.longValue());
            long low = a.longValue() * b.longValue();
            if (high == (low >> 63)) {
                return NumberValue.of(low);
            }
        }
        return areWhole(a, b)
                ? NumberValue.of(a.decimal().multiply(b.decimal()))
                : Fractions.apply(a, b, BigDecimal::multiply);
    }

    private static Value minus(Operands o) {
        if (o.at(0) instanceof SetValue left) {
            SetValue right = o.set(1);
            return SetValue.of(
                    left.list().stream().filter(v -> !right.contains(v)).toList());
        }
        if (!(o.at(0) instanceof NumberValue)) {
            throw o.wrong(0, "one of {number, set}");
        }
        NumberValue a = o.number(0);
        NumberValue b = o.number(1);
        return areWhole(a, b)
                ? NumberValue.of(a.decimal().subtract(b.decimal()))
                : Fractions.apply(a, b, BigDecimal::subtract);
    }

    private static Value divide(Operands o) {
        NumberValue divisor = o.number(1);
        NumberValue dividend = o.number(0);
        if (divisor.equals(NumberValue.of(0))) {
            throw o.failed("divide by zero");
        }
        if (dividend.isLong() && divisor.isLong() && dividend.longValue() % divisor.longValue() == 0) {
            return NumberValue.of(dividend.bigInteger().divide(divisor.bigInteger()));
        }
        return Fractions.divide(dividend, divisor);
    }

    private static Value remainder(Operands o) {
        NumberValue a = o.number(0);
        NumberValue b = o.number(1);
        if (!a.isInteger() || !b.isInteger()) {
            throw o.failed("modulo on floating-point number");
        }
        if (b.equals(NumberValue.of(0))) {
            throw o.failed("modulo by zero");
        }
        return NumberValue.of(a.bigInteger().remainder(b.bigInteger()));
    }

    static SetValue intersection(SetValue a, SetValue b) {
        if (a.size() > b.size()) {
            return intersection(b, a);
        }
        return SetValue.of(a.list().stream().filter(b::contains).toList());
    }

    static SetValue union(SetValue a, SetValue b) {
        Set<Value> all = new HashSet<>(a.list());
        all.addAll(b.list());
        return SetValue.of(all);
    }

    private static boolean member(Value member, Value in) {
        return switch (in) {
            case ArrayValue a -> a.list().contains(member);
            case SetValue s -> s.contains(member);
            case ObjectValue o -> o.values().contains(member);
            default -> false;
        };
    }

    private static boolean entry(Value key, Value value, Value in) {
        List<Value> found = new ArrayList<>();
        Value at = in.get(key);
        if (at != null) {
            found.add(at);
        }
        return found.contains(value);
    }
}
