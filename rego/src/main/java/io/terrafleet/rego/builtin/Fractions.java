package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;

/**
 * Arithmetic on numbers with a fraction: binary, with 64 bits of mantissa, the result written with as few digits as tell it from its
 * neighbours. So does the language's reference: two thirds of three are two.
 */
final class Fractions {
    private static final int BITS = 64;
    private static final int MAX_EXPONENT = 1_000;

    private Fractions() {}

    /** @param exactly the operation on exact numbers; for numbers out of all proportion its result is kept as it is */
    static NumberValue apply(NumberValue a, NumberValue b, BinaryOperator<BigDecimal> exactly) {
        BigDecimal result = exactly.apply(binary(a.decimal()), binary(b.decimal()));
        return NumberValue.of(isOrdinary(result) ? shortest(result) : result);
    }

    /** The quotient of two numbers, of which the divisor is not zero. */
    static NumberValue divide(NumberValue a, NumberValue b) {
        // Twice the mantissa: what is rounded twice may then differ from what is rounded once only where no decimal
        // number ends.
        return apply(a, b, (x, y) -> x.divide(y, new MathContext(2 * BITS)));
    }

    private static boolean isOrdinary(BigDecimal value) {
        return Math.abs((long) value.precision() - value.scale()) <= MAX_EXPONENT && value.scale() <= MAX_EXPONENT * 4;
    }

    /** The nearest number with a mantissa of 64 bits. */
    private static BigDecimal binary(BigDecimal value) {
        if (value.signum() == 0 || !isOrdinary(value)) {
            return value;
        }
        int shift = shift(value);
        return scaled(mantissa(value, shift), shift);
    }

    /** By how many bits the value is to be moved to the left to have an integer part of 64 bits. */
    private static int shift(BigDecimal value) {
        BigInteger whole = value.unscaledValue().abs();
        int scale = value.scale();
        BigInteger numerator = scale < 0 ? whole.multiply(BigInteger.TEN.pow(-scale)) : whole;
        BigInteger denominator = scale > 0 ? BigInteger.TEN.pow(scale) : BigInteger.ONE;
        int shift = BITS - (numerator.bitLength() - denominator.bitLength());
        BigDecimal moved = scaled(BigInteger.ONE, -shift).multiply(value.abs());
        return moved.compareTo(new BigDecimal(BigInteger.ONE.shiftLeft(BITS))) >= 0 ? shift - 1 : shift;
    }

    private static BigInteger mantissa(BigDecimal value, int shift) {
        return value.multiply(scaled(BigInteger.ONE, -shift))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
    }

    /** {@code whole / 2^shift}, exactly. */
    private static BigDecimal scaled(BigInteger whole, int shift) {
        return shift <= 0
                ? new BigDecimal(whole.shiftLeft(-shift))
                : new BigDecimal(whole.multiply(BigInteger.valueOf(5).pow(shift)), shift);
    }

    /** The fewest digits between the middles to the two neighbours of the nearest binary number. */
    private static BigDecimal shortest(BigDecimal result) {
        if (result.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int shift = shift(result);
        BigInteger mantissa = mantissa(result, shift);
        BigDecimal value = scaled(mantissa, shift);
        BigInteger twice = mantissa.shiftLeft(1);
        BigDecimal one = scaled(twice.subtract(BigInteger.ONE), shift + 1);
        BigDecimal other = scaled(twice.add(BigInteger.ONE), shift + 1);
        boolean inclusive = !mantissa.testBit(0);
        BigDecimal low = one.min(other);
        BigDecimal high = one.max(other);
        for (int digits = 1; digits < value.precision(); digits++) {
            BigDecimal down = value.round(new MathContext(digits, RoundingMode.FLOOR));
            BigDecimal up = value.round(new MathContext(digits, RoundingMode.CEILING));
            boolean downFits = down.compareTo(low) > (inclusive ? -1 : 0);
            boolean upFits = up.compareTo(high) < (inclusive ? 1 : 0);
            if (downFits && upFits) {
                return value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (downFits || upFits) {
                return downFits ? down : up;
            }
        }
        return value;
    }
}
