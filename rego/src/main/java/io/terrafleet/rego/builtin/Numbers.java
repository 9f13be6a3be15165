package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Functions on numbers. */
final class Numbers {
    private static final int MAX_SHIFT = 10_000;

    private Numbers() {}

    static void register(Builtins.Registry registry) {
        registry.add("abs", 1, o -> NumberValue.of(o.number(0).decimal().abs()));
        registry.add("ceil", 1, o -> rounded(o, RoundingMode.CEILING));
        registry.add("floor", 1, o -> rounded(o, RoundingMode.FLOOR));
        registry.add("round", 1, o -> rounded(o, RoundingMode.HALF_UP));
        registry.add("to_number", 1, Numbers::toNumber);
        registry.add("numbers.range", 2, o -> range(o, BigInteger.ONE));
        registry.add("numbers.range_step", 3, Numbers::rangeStep);
        registry.add("rand.intn", 2, Numbers::random);
        registry.add("bits.and", 2, o -> NumberValue.of(whole(o, 0).and(whole(o, 1))));
        registry.add("bits.or", 2, o -> NumberValue.of(whole(o, 0).or(whole(o, 1))));
        registry.add("bits.xor", 2, o -> NumberValue.of(whole(o, 0).xor(whole(o, 1))));
        registry.add("bits.negate", 1, o -> NumberValue.of(whole(o, 0).not()));
        registry.add("bits.lsh", 2, o -> NumberValue.of(whole(o, 0).shiftLeft(shift(o))));
        registry.add("bits.rsh", 2, o -> NumberValue.of(whole(o, 0).shiftRight(shift(o))));
    }

    private static Value rounded(Operands o, RoundingMode mode) {
        NumberValue number = o.number(0);
        return number.isInteger() ? number : NumberValue.of(number.decimal().setScale(0, mode));
    }

    private static Value toNumber(Operands o) {
        return switch (o.at(0)) {
            case NullValue n -> NumberValue.of(0);
            case BoolValue b -> NumberValue.of(b.value() ? 1 : 0);
            case NumberValue n -> n;
            case StringValue s -> parsed(o, s.value());
            default -> throw o.wrong(0, "one of {boolean, null, number, string}");
        };
    }

    private static Value parsed(Operands o, String text) {
        try {
            return NumberValue.parse(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw o.failed("invalid syntax: " + new StringValue(text));
        }
    }

    private static BigInteger whole(Operands o, int index) {
        NumberValue number = o.number(index);
        if (!number.isInteger()) {
            throw o.type(index, "must be integer number but got floating-point number");
        }
        return number.bigInteger();
    }

    private static int shift(Operands o) {
        BigInteger shift = whole(o, 1);
        if (shift.signum() < 0) {
            throw o.type(1, "must be an unsigned integer number but got a negative integer");
        }
        if (shift.bitLength() > 31 || shift.intValue() > MAX_SHIFT) {
            throw o.failed("shift is larger than " + MAX_SHIFT);
        }
        return shift.intValue();
    }

    private static Value rangeStep(Operands o) {
        BigInteger step = whole(o, 2);
        if (step.signum() <= 0) {
            throw o.failed("step must be a positive integer");
        }
        return range(o, step);
    }

    private static Value range(Operands o, BigInteger step) {
        BigInteger from = whole(o, 0);
        BigInteger to = whole(o, 1);
        BigInteger signed = from.compareTo(to) <= 0 ? step : step.negate();
        long steps = to.subtract(from)
                .divide(signed)
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .longValue();
        o.spend(steps);
        List<Value> range = new ArrayList<>();
        BigInteger next = from;
        for (long i = 0; i <= steps; i++) {
            range.add(NumberValue.of(next));
            next = next.add(signed);
        }
        return ArrayValue.of(range);
    }

    /** Follows from its operands, so that policies stay reproducible. */
    private static Value random(Operands o) {
        String key = o.string(0);
        long bound = Math.abs((long) o.integer(1));
        return bound == 0 ? NumberValue.of(0) : NumberValue.of(Math.floorMod(Digests.seed(key + '/' + bound), bound));
    }
}
