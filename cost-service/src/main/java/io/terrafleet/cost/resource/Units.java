package io.terrafleet.cost.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** How the tiers of a price are called: {@code first 10TB}, {@code next 40TB}, {@code over 1B}. */
final class Units {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1_024);
    private static final List<String> BYTES = List.of("GB", "TB", "PB");
    private static final List<String> COUNTS = List.of("", "K", "M", "B", "T");

    private Units() {}

    /**
     * @param from where the tier begins
     * @param to where it ends; zero for the last
     */
    static String tier(String unit, BigDecimal from, BigDecimal to) {
        if (to.signum() == 0) {
            return "over " + amount(unit, from);
        }
        return from.signum() == 0 ? "first " + amount(unit, to) : "next " + amount(unit, to.subtract(from));
    }

    private static String amount(String unit, BigDecimal amount) {
        if (unit.equals("GB")) {
            boolean binary = amount.remainder(KIBI).signum() == 0;
            return scaled(amount, binary ? KIBI : THOUSAND, BYTES, 0);
        }
        int start = unit.startsWith("1M ") ? 2 : unit.startsWith("1k ") ? 1 : 0;
        return scaled(amount, THOUSAND, COUNTS, start);
    }

    private static String scaled(BigDecimal amount, BigDecimal step, List<String> names, int start) {
        BigDecimal rest = amount;
        int name = start;
        while (rest.compareTo(step) >= 0 && name + 1 < names.size()) {
            rest = rest.divide(step, 3, RoundingMode.HALF_UP);
            name++;
        }
        return rest.setScale(rest.compareTo(BigDecimal.TEN) < 0 ? 1 : 0, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + names.get(name);
    }
}
