package io.terrafleet.api.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts for people; in US dollars where no currency is named. */
final class Money {
    private Money() {}

    /** {@code $1,234.50} */
    static String of(BigDecimal amount) {
        BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
        return (cents.signum() < 0 ? "−" : "") + "$" + String.format(Locale.ENGLISH, "%,.2f", cents.abs());
    }

    /** {@code ¥1,234.50}; a currency without a sign of its own is named: {@code EUR 1,234.50} */
    static String of(BigDecimal amount, String currency) {
        return of(amount).replace("$", sign(currency));
    }

    /** {@code +¥12.00} */
    static String delta(BigDecimal amount, String currency) {
        return delta(amount).replace("$", sign(currency));
    }

    static String sign(String currency) {
        return switch (currency) {
            case "USD" -> "$";
            case "CNY" -> "¥";
            default -> currency + " ";
        };
    }

    /** {@code +$12.00}, {@code −$3.50} or {@code $0.00} */
    static String delta(BigDecimal amount) {
        BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
        return (cents.signum() > 0 ? "+" : "") + of(cents);
    }

    /** A price or quantity as it is, without needless zeros. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
