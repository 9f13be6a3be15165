package io.terrafleet.cost.price;

import java.math.BigDecimal;

/**
 * A price that holds from a quantity on.
 *
 * @param from units in a month, 0 for the first tier
 * @param usd US dollars a unit
 */
public record Tier(BigDecimal from, BigDecimal usd) {
    public Tier {
        if (from.signum() < 0 || usd.signum() < 0) {
            throw new IllegalArgumentException("a tier's start and price must not be negative");
        }
    }
}
