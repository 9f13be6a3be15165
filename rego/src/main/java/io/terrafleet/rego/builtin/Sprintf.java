package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Go's verbs: flags, width, precision; a verb that does not fit its operand is written as {@code %!d(string=x)}. */
final class Sprintf {
    private static final int MAX_WIDTH = 10_000;

    private final String format;
    private final List<Value> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;
    private boolean badIndex;

    private Sprintf(String format, List<Value> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, List<Value> arguments) {
        return new Sprintf(format, arguments).run();
    }

    /** What stands between {@code %} and the verb. */
    private record Spec(String flags, int width, int precision) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private String run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else {
                verb();
            }
        }
        if (next < arguments.size() && !reordered) {
            out.append("%!(EXTRA ");
            for (int i = next; i < arguments.size(); i++) {
                out.append(i > next ? ", " : "").append(typed(arguments.get(i)));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        badIndex = false;
        index();
        int width = starred("%!(BADWIDTH)");
        if (width < -1) {
            flags += "-";
            width = -width;
        }
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            index();
            precision = Math.max(0, starred("%!(BADPREC)"));
        }
        index();
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (badIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
        } else if (next >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            Spec spec = new Spec(flags, width, precision);
            out.append(padded(text((char) verb, spec, arguments.get(next++)), spec));
        }
    }

    /** {@code [2]}: the operand that comes next. */
    private void index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        int end = format.indexOf(']', at);
        at++;
        int wanted = end < 0 ? 0 : number();
        boolean known = wanted > 0 && wanted <= arguments.size() && at == end;
        reordered = true;
        badIndex |= !known;
        next = known ? wanted - 1 : next;
        at = end < 0 ? at : end + 1;
    }

    /** A number as written, or with a star the next operand; -1 when there is none. */
    private int starred(String bad) {
        if (at >= format.length() || format.charAt(at) != '*') {
            return number();
        }
        at++;
        Value given = next < arguments.size() ? arguments.get(next++) : null;
        if (given instanceof NumberValue number
                && number.isInteger()
                && number.bigInteger().abs().compareTo(BigInteger.valueOf(MAX_WIDTH)) <= 0) {
            return number.bigInteger().intValue();
        }
        out.append(bad);
        return -1;
    }

    private int number() {
        int start = at;
        while (at < format.length() && Character.isDigit(format.charAt(at))) {
            at++;
        }
        if (start == at) {
            return -1;
        }
        return at - start > 5 ? MAX_WIDTH : Math.min(MAX_WIDTH, Integer.parseInt(format, start, at, 10));
    }

    private static String padded(String text, Spec spec) {
        int missing = spec.width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (spec.has('-')) {
            return text + " ".repeat(missing);
        }
        if (!spec.has('0')) {
            return " ".repeat(missing) + text;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return signed ? text.charAt(0) + "0".repeat(missing) + text.substring(1) : "0".repeat(missing) + text;
    }

    private static String text(char verb, Spec spec, Value value) {
        String text =
                switch (verb) {
                    case 'v' -> plain(value);
                    case 's' -> value instanceof NumberValue ? "" : cut(plain(value), spec);
                    case 'q' -> value instanceof NumberValue ? "" : new StringValue(plain(value)).toString();
                    case 'd' -> integer(value, 10);
                    case 'b' -> integer(value, 2);
                    case 'o' -> integer(value, 8);
                    case 'x' -> spec.has('#') && value instanceof NumberValue ? "0x" + hex(value) : hex(value);
                    case 'X' -> hex(value).toUpperCase(Locale.ROOT);
                    case 'c' -> character(value);
                    case 'U' -> integer(value, 16).isEmpty() ? "" : "U+" + pad4(integer(value, 16));
                    case 't' -> value.typeName().equals("boolean") ? value.toString() : "";
                    case 'f', 'F', 'e', 'E', 'g', 'G' -> decimal(verb, spec, value);
                    case 'T' -> goType(value);
                    default -> "";
                };
        boolean emptyString = value instanceof StringValue s && s.value().isEmpty() && "svxX".indexOf(verb) >= 0;
        if (text.isEmpty() && !emptyString && !(verb == 's' && spec.precision == 0)) {
            return "%!" + verb + "(" + typed(value) + ")";
        }
        return spec.has('+') && value instanceof NumberValue && !text.startsWith("-") ? "+" + text : text;
    }

    private static String cut(String text, Spec spec) {
        return spec.precision < 0 || spec.precision >= text.codePointCount(0, text.length())
                ? text
                : text.substring(0, text.offsetByCodePoints(0, spec.precision));
    }

    private static String pad4(String hex) {
        return "0".repeat(Math.max(0, 4 - hex.length())) + hex.toUpperCase(Locale.ROOT);
    }

    private static String plain(Value value) {
        return value instanceof StringValue s ? s.value() : value.toString();
    }

    private static String integer(Value value, int radix) {
        return value instanceof NumberValue n && n.isInteger() ? n.bigInteger().toString(radix) : "";
    }

    private static String hex(Value value) {
        return value instanceof NumberValue ? integer(value, 16) : Encodings.hex(Encodings.utf8(plain(value)));
    }

    private static String character(Value value) {
        String digits = integer(value, 10);
        return digits.isEmpty() || digits.length() > 7 ? "" : Character.toString(new BigInteger(digits).intValue());
    }

    private static String decimal(char verb, Spec spec, Value value) {
        if (!(value instanceof NumberValue number)) {
            return "";
        }
        int precision = spec.precision < 0 ? 6 : spec.precision;
        if (verb == 'f' || verb == 'F') {
            return number.decimal()
                    .setScale(precision, java.math.RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        if (verb == 'e' || verb == 'E') {
            return String.format(Locale.ROOT, "%." + precision + verb, number.decimal());
        }
        BigDecimal exact = number.decimal();
        return spec.precision < 0
                ? general(verb, exact.stripTrailingZeros(), 6)
                : general(
                        verb,
                        exact.round(new java.math.MathContext(Math.max(1, precision)))
                                .stripTrailingZeros(),
                        Math.max(1, precision));
    }

    /** With an exponent where it is less than -4, or more than the digits wanted. */
    private static String general(char verb, BigDecimal value, int digits) {
        int exponent = value.precision() - value.scale() - 1;
        if (value.signum() == 0 || (exponent >= -4 && exponent < digits)) {
            return value.toPlainString();
        }
        String all = value.unscaledValue().abs().toString();
        String rest = all.length() > 1 ? "." + all.substring(1) : "";
        String sign = value.signum() < 0 ? "-" : "";
        return sign + all.charAt(0) + rest + (verb == 'G' ? "E" : "e") + String.format(Locale.ROOT, "%+03d", exponent);
    }

    private static String typed(Value value) {
        return goType(value) + "=" + plain(value);
    }

    private static String goType(Value value) {
        return switch (value) {
            case NumberValue n -> n.isInteger() ? "int" : "float64";
            default -> "string";
        };
    }
}
