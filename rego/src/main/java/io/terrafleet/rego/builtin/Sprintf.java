package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * Go's verbs: flags, width, precision; a verb that does not fit its operand is written as {@code %!d(string=x)}. Whole numbers, numbers
 * with a fraction and texts are Go's {@code int}, {@code float64} and {@code string}; everything else is text in Rego notation.
 */
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

    /** What stands between {@code %} and the verb; width and precision are -1 when there is none. */
    record Spec(String flags, int width, int precision) {
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
            out.append(formatted(verb, spec, arguments.get(next++)));
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

    private static String formatted(int verb, Spec spec, Value value) {
        String text;
        if (verb == 'T') {
            text = padded(goType(value), spec);
        } else if (value instanceof NumberValue number) {
            text = number.isFraction()
                    ? GoNumbers.fraction((char) verb, spec, number)
                    : GoNumbers.whole((char) verb, spec, number);
        } else {
            text = text(verb, spec, value);
        }
        return text.isEmpty() && isUnfit(verb, value)
                ? "%!" + Character.toString(verb) + "(" + typed(value) + ")"
                : text;
    }

    /** An empty result may be right only for texts. */
    private static boolean isUnfit(int verb, Value value) {
        return value instanceof NumberValue || ("svqxX".indexOf(verb) < 0 && !isTruth(verb, value));
    }

    private static boolean isTruth(int verb, Value value) {
        return verb == 't' && value.typeName().equals("boolean");
    }

    private static String text(int verb, Spec spec, Value value) {
        return switch (verb) {
            case 'v' ->
                spec.has('#') && !spec.has('+')
                        ? padded(quoted(plain(value), new Spec("", -1, -1)), spec)
                        : padded(cut(plain(value), spec), spec);
            case 's' -> padded(cut(plain(value), spec), spec);
            case 'q' -> padded(quoted(cut(plain(value), spec), spec), spec);
            case 'x' -> padded(hex(plain(value), spec, false), spec);
            case 'X' -> padded(hex(plain(value), spec, true), spec);
            case 't' -> isTruth(verb, value) ? padded(value.toString(), spec) : "";
            default -> "";
        };
    }

    private static String quoted(String text, Spec spec) {
        boolean raw = spec.has('#') && text.chars().noneMatch(c -> c == '`' || (c < ' ' && c != '\t') || c == 0x7f);
        return raw ? "`" + text + "`" : new StringValue(text).toString();
    }

    /** Each byte; precision counts bytes, a space parts them, {@code #} puts 0x in front. */
    private static String hex(String text, Spec spec, boolean upper) {
        byte[] bytes = Encodings.utf8(text);
        int length = spec.precision < 0 ? bytes.length : Math.min(spec.precision, bytes.length);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < length; i++) {
            hex.append(spec.has(' ') && i > 0 ? " " : "");
            hex.append(spec.has('#') && (i == 0 || spec.has(' ')) ? "0x" : "");
            hex.append(Encodings.hex(new byte[] {bytes[i]}));
        }
        return upper ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString();
    }

    private static String cut(String text, Spec spec) {
        return spec.precision < 0 || spec.precision >= text.codePointCount(0, text.length())
                ? text
                : text.substring(0, text.offsetByCodePoints(0, spec.precision));
    }

    /** At least as wide as wanted; zeros stand after the sign. */
    static String padded(String text, Spec spec) {
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

    private static String plain(Value value) {
        return value instanceof StringValue s ? s.value() : value.toString();
    }

    private static String typed(Value value) {
        return goType(value) + "="
                + (value instanceof NumberValue number && number.isFraction()
                        ? GoNumbers.shortest(number)
                        : plain(value));
    }

    private static String goType(Value value) {
        if (!(value instanceof NumberValue number)) {
            return "string";
        }
        return number.isFraction() ? "float64" : number.isLong() ? "int" : "big.Int";
    }
}
