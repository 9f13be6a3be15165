package io.terrafleet.cost.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One price of the book: a fact that somebody published.
 *
 * @param key what is sold, for example {@code NatGateway-Hours}; sized machines are {@code instance SIZE VARIANT}
 * @param from the quantity in a month from which the price holds, 0 for the first tier
 * @param currency {@code USD} or {@code CNY}
 * @param source where the figure is from
 * @param date when it was published or seen; absent when it was never confirmed
 */
public record PriceRow(
        String service,
        String region,
        String key,
        String unit,
        BigDecimal from,
        BigDecimal price,
        String currency,
        String source,
        Optional<LocalDate> date) {

    /** How a sized machine is called. */
    public static String instanceKey(String size, String variant) {
        return "instance " + size + " " + variant;
    }
}
