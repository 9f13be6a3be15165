package io.terrafleet.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An exact number: a long where it fits, otherwise a decimal without trailing zeros. 1 and 1.0 are the same value. */
public final class NumberValue implements Value {
    private static final int MAX_SCALE = 5_000;
    private static final NumberValue[] SMALL = new NumberValue[1_280];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new NumberValue(i - 256, null, false);
        }
    }

    private final long whole;
    private final @Nullable BigDecimal decimal;
    private final boolean pointed;

    private NumberValue(long whole, @Nullable BigDecimal decimal, boolean pointed) {
        this.whole = whole;
        this.decimal = decimal;
        this.pointed = pointed;
    }

    public static NumberValue of(long value) {
        return value >= -256 && value < 1_024 ? SMALL[(int) value + 256] : new NumberValue(value, null, false);
    }

    public static NumberValue of(BigInteger value) {
        return value.bitLength() < 64
                ? of(value.longValue())
                : new NumberValue(0, new BigDecimal(value).stripTrailingZeros(), false);
    }

    /** Throws {@link ArithmeticException} for magnitudes beyond 10^±5000. */
    public static NumberValue of(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (Math.abs((long) stripped.scale()) + stripped.precision() > 2L * MAX_SCALE) {
            throw new ArithmeticException("number out of range");
        }
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() < 20) {
            return of(stripped.toBigIntegerExact());
        }
        return new NumberValue(0, stripped, false);
    }

    public static NumberValue of(double value) {
        return of(new BigDecimal(Double.toString(value)));
    }

    /** Parses JSON's notation; throws {@link NumberFormatException} or {@link ArithmeticException}. */
    public static NumberValue parse(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean digits = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        return digits ? of(value) : written(value);
    }

    /** What was written with a point or an exponent, which {@code sprintf} remembers. */
    static NumberValue written(BigDecimal value) {
        NumberValue number = of(value);
        return number.isLong() ? new NumberValue(number.whole, null, true) : number;
    }

    /** Whether it has a fraction, or was written as if it had one: 1.0 is 1, but is formatted as a fraction. */
    public boolean isFraction() {
        return pointed || !isInteger();
    }

    public boolean isLong() {
        return decimal == null;
    }

    public boolean isInteger() {
        return decimal == null || decimal.scale() <= 0;
    }

    /** Only meaningful when {@link #isLong()}. */
    public long longValue() {
        return whole;
    }

    public BigDecimal decimal() {
        return decimal == null ? BigDecimal.valueOf(whole) : decimal;
    }

    public BigInteger bigInteger() {
        return decimal == null ? BigInteger.valueOf(whole) : decimal.toBigInteger();
    }

    public double doubleValue() {
        return decimal == null ? whole : decimal.doubleValue();
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public void write(StringBuilder out) {
        if (decimal == null) {
            out.append(whole);
        } else {
            int exponent = decimal.precision() - decimal.scale() - 1;
            boolean plain = isInteger() ? exponent < 400 : exponent >= -7;
            out.append(plain ? decimal.toPlainString() : decimal.toString().replace('E', 'e'));
        }
    }

    @Override
    public int compareTo(Value other) {
        if (!(other instanceof NumberValue n)) {
            return rank() - other.rank();
        }
        return decimal == null && n.decimal == null
                ? Long.compare(whole, n.whole)
                : decimal().compareTo(n.decimal());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumberValue n
                && (decimal == null ? n.decimal == null && whole == n.whole : decimal.equals(n.decimal));
    }

    @Override
    public int hashCode() {
        return decimal == null ? Long.hashCode(whole) : decimal.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
