package io.terrafleet.cost.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Money and quantities as they are printed. */
final class Amounts {
    private Amounts() {}

    /** {@code $1,234.50}, or {@code ¥1,234.50}; a minus goes before the sign. */
    static String money(BigDecimal amount, String currency) {
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        String digits = format.format(amount.abs().setScale(2, RoundingMode.HALF_UP));
        String text = sign(currency) + digits;
        return amount.setScale(2, RoundingMode.HALF_UP).signum() < 0 ? "-" + text : text;
    }

    /** As {@link #money} with a plus where it rises. */
    static String change(BigDecimal amount, String currency) {
        return (amount.signum() > 0 ? "+" : "") + money(amount, currency);
    }

    /** A price of small things keeps its digits: {@code $0.0000166667}. */
    static String price(BigDecimal price, String currency) {
        BigDecimal plain = price.stripTrailingZeros();
        return sign(currency) + (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
    }

    static String quantity(BigDecimal quantity) {
        DecimalFormat format = new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(quantity);
    }

    private static String sign(String currency) {
        return switch (currency) {
            case "USD" -> "$";
            case "CNY" -> "¥";
            default -> currency + " ";
        };
    }
}
