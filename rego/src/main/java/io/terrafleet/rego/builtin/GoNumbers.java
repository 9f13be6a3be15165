package io.terrafleet.rego.builtin;

import io.terrafleet.rego.builtin.Sprintf.Spec;
import io.terrafleet.rego.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as Go's verbs write them; empty when a verb does not fit. */
final class GoNumbers {
    private static final int DEFAULT_PRECISION = 6;

    private GoNumbers() {}

    static String whole(char verb, Spec spec, NumberValue number) {
        BigInteger value = number.bigInteger();
        return switch (verb) {
            case 'd', 'v' -> digits(value, 10, "", spec);
            case 'b' -> digits(value, 2, spec.has('#') ? "0b" : "", spec);
            case 'o' -> digits(value, 8, spec.has('#') ? "0" : "", spec);
            case 'O' -> number.isLong() ? digits(value, 8, "0o", spec) : "";
            case 'x' -> digits(value, 16, spec.has('#') ? "0x" : "", spec);
            case 'X' -> digits(value, 16, spec.has('#') ? "0X" : "", spec).toUpperCase(Locale.ROOT);
            case 's' -> number.isLong() ? "" : digits(value, 10, "", spec);
            case 'c' -> number.isLong() ? Sprintf.padded(character(value), spec) : "";
            case 'q' -> number.isLong() ? Sprintf.padded("'" + rune(value) + "'", spec) : "";
            case 'U' -> number.isLong() ? Sprintf.padded(unicode(value, spec), spec) : "";
            default -> "";
        };
    }

    private static String digits(BigInteger value, int radix, String prefix, Spec spec) {
        String digits = value.abs().toString(radix);
        int wanted = spec.precision();
        Spec padding = spec;
        if (wanted >= 0) {
            // A precision says how many digits; zeros for the width are then no more wanted.
            digits = wanted == 0 && value.signum() == 0
                    ? ""
                    : "0".repeat(Math.max(0, wanted - digits.length())) + digits;
            padding = new Spec(spec.flags().replace("0", ""), spec.width(), wanted);
        }
        return Sprintf.padded(sign(value.signum() < 0, spec) + prefix + digits, padding);
    }

    private static String sign(boolean negative, Spec spec) {
        return negative ? "-" : spec.has('+') ? "+" : spec.has(' ') ? " " : "";
    }

    private static int codePoint(BigInteger value) {
        return value.signum() < 0 || value.bitLength() > 21 || value.intValue() > Character.MAX_CODE_POINT
                ? 0xFFFD
                : value.intValue();
    }

    private static String character(BigInteger value) {
        return Character.toString(codePoint(value));
    }

    private static String rune(BigInteger value) {
        int c = codePoint(value);
        return switch (c) {
            case '\'' -> "\\'";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> c < ' ' ? String.format(Locale.ROOT, "\\x%02x", c) : Character.toString(c);
        };
    }

    private static String unicode(BigInteger value, Spec spec) {
        String hex = value.toString(16).toUpperCase(Locale.ROOT);
        String code = "U+" + "0".repeat(Math.max(0, Math.max(4, spec.precision()) - hex.length())) + hex;
        return spec.has('#') ? code + " '" + character(value) + "'" : code;
    }

    static String fraction(char verb, Spec spec, NumberValue number) {
        double value = number.doubleValue();
        BigDecimal exact = new BigDecimal(Double.isFinite(value) ? Math.abs(value) : Double.MAX_VALUE);
        int precision = spec.precision() < 0 ? DEFAULT_PRECISION : spec.precision();
        String text =
                switch (verb) {
                    case 'f', 'F' ->
                        exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
                    case 'e', 'E' -> scientific(exact, precision);
                    case 'g', 'G', 'v' ->
                        spec.precision() < 0 ? shortestOf(Math.abs(value)) : general(exact, Math.max(1, precision));
                    case 'x', 'X' -> hexadecimal(Math.abs(value));
                    default -> "";
                };
        if (text.isEmpty()) {
            return "";
        }
        String written = verb == 'E' || verb == 'G' || verb == 'X' ? text.toUpperCase(Locale.ROOT) : text;
        return Sprintf.padded(sign(value < 0, spec) + written, spec);
    }

    /** As {@code %v} writes it. */
    static String shortest(NumberValue number) {
        return fraction('v', new Spec("", -1, -1), number);
    }

    private static String shortestOf(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        boolean plain = value == 0 || (exponent >= -4 && exponent < DEFAULT_PRECISION);
        return plain ? digits.toPlainString() : withExponent(digits, exponent);
    }

    private static String general(BigDecimal exact, int precision) {
        BigDecimal digits =
                exact.round(new MathContext(precision, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        int most = precision > digits.precision() && digits.precision() > exponent ? digits.precision() : precision;
        boolean plain = exact.signum() == 0 || (exponent >= -4 && exponent < most);
        return plain ? digits.toPlainString() : withExponent(digits, exponent);
    }

    private static String scientific(BigDecimal exact, int precision) {
        BigDecimal digits = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
        String all = digits.unscaledValue().toString();
        String filled = all + "0".repeat(Math.max(0, precision + 1 - all.length()));
        return filled.charAt(0) + (precision > 0 ? "." + filled.substring(1, precision + 1) : "") + exponent(exponent);
    }

    private static String withExponent(BigDecimal digits, int exponent) {
        String all = digits.unscaledValue().toString();
        return all.charAt(0) + (all.length() > 1 ? "." + all.substring(1) : "") + exponent(exponent);
    }

    private static String exponent(int exponent) {
        return String.format(Locale.ROOT, "e%+03d", exponent);
    }

    private static String hexadecimal(double value) {
        String java = Double.toHexString(value);
        int at = java.indexOf('p');
        String mantissa = java.substring(0, at).replaceFirst("\\.0$", "");
        return mantissa + String.format(Locale.ROOT, "p%+03d", Integer.parseInt(java.substring(at + 1)));
    }
}
