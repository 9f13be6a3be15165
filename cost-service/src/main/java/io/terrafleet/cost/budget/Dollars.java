package io.terrafleet.cost.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Amounts as people read them: {@code $1,234.50}. */
public final class Dollars {
    private Dollars() {}

    public static String of(BigDecimal amount) {
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        String digits = format.format(amount.abs().setScale(2, RoundingMode.HALF_UP));
        return amount.signum() < 0 ? "-$" + digits : "$" + digits;
    }
}
