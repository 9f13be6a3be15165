package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** Amounts with units: {@code 10Ki}, {@code 500m}, {@code 1.5GB}. */
final class Units {
    private static final Map<String, BigDecimal> DECIMAL = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", power(10, 3)),
            Map.entry("M", power(10, 6)),
            Map.entry("g", power(10, 9)),
            Map.entry("t", power(10, 12)),
            Map.entry("p", power(10, 15)),
            Map.entry("e", power(10, 18)),
            Map.entry("ki", power(2, 10)),
            Map.entry("mi", power(2, 20)),
            Map.entry("gi", power(2, 30)),
            Map.entry("ti", power(2, 40)),
            Map.entry("pi", power(2, 50)),
            Map.entry("ei", power(2, 60)));

    private Units() {}

    static void register(Builtins.Registry registry) {
        registry.add("units.parse", 1, o -> parse(o, false));
        registry.add("units.parse_bytes", 1, o -> parse(o, true));
    }

    private static BigDecimal power(int base, int exponent) {
        return BigDecimal.valueOf(base).pow(exponent);
    }

    private static Value parse(Operands o, boolean bytes) {
        String text = o.string(0).replace("\"", "");
        if (text.isEmpty()) {
            throw o.failed("no amount provided");
        }
        if (text.contains(" ")) {
            throw o.failed("spaces not allowed in resource strings");
        }
        int end = amountEnd(text);
        if (end == 0) {
            throw o.failed("no amount provided");
        }
        BigDecimal amount;
        try {
            amount = new BigDecimal(text.substring(0, end));
        } catch (NumberFormatException e) {
            throw o.failed("could not parse amount to a number");
        }
        BigDecimal unit = unit(text.substring(end), bytes);
        if (unit == null) {
            throw o.failed((bytes ? "byte " : "") + "unit " + text.substring(end) + " not recognized");
        }
        NumberValue result = NumberValue.of(amount.multiply(unit));
        return bytes ? NumberValue.of(result.bigInteger()) : result;
    }

    private static int amountEnd(String text) {
        int end = 0;
        while (end < text.length() && isAmount(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean isAmount(String text, int at) {
        char c = text.charAt(at);
        boolean exponent = (c == 'e' || c == 'E')
                && at > 0
                && at + 1 < text.length()
                && (Character.isDigit(text.charAt(at + 1)) || "+-".indexOf(text.charAt(at + 1)) >= 0);
        return Character.isDigit(c) || c == '.' || c == '-' || c == '+' || exponent;
    }

    /** Case matters only between milli and mega. */
    private static @org.jspecify.annotations.Nullable BigDecimal unit(String unit, boolean bytes) {
        String lower = unit.toLowerCase(Locale.ROOT);
        if (bytes) {
            String stripped = lower.endsWith("b") ? lower.substring(0, lower.length() - 1) : lower;
            return DECIMAL.get(stripped.equals("m") ? "M" : stripped);
        }
        return DECIMAL.get(unit.equals("m") ? "m" : unit.equals("M") ? "M" : lower);
    }
}
