package io.terrafleet.cost.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the price book answers when it is asked for a price. */
public sealed interface Quote {

    /**
     * @param tiers at least one, in the order of their start; most prices have one from 0
     * @param unit of the quantity, as the seller bills it, for example {@code Hrs} or {@code GB-Mo}
     * @param source where the figure is from
     * @param date when the figure was seen; absent when it was never confirmed
     * @param currency {@code USD}, or {@code CNY} in China's regions
     */
    record Found(List<Tier> tiers, String unit, String source, Optional<LocalDate> date, String currency)
            implements Quote {
        public Found {
            tiers = List.copyOf(tiers);
            if (tiers.isEmpty()) {
                throw new IllegalArgumentException("a price needs a tier");
            }
        }

        /** Nothing to pay for a unit, because it was paid in advance or is part of something else. */
        public static Found nothing(String unit, String why, String currency) {
            return new Found(
                    List.of(new Tier(BigDecimal.ZERO, BigDecimal.ZERO)), unit, why, Optional.empty(), currency);
        }

        /** The price of the first unit. */
        public BigDecimal usd() {
            return tiers.getFirst().usd();
        }

        /** The same price for {@code factor} units at once, for example a standby that is billed like its primary. */
        public Found times(BigDecimal factor) {
            return new Found(
                    tiers.stream()
                            .map(tier -> new Tier(tier.from(), tier.usd().multiply(factor)))
                            .toList(),
                    unit,
                    source,
                    date,
                    currency);
        }
    }

    /** @param reason a sentence that names what has no price and where */
    record Missing(String reason) implements Quote {}

    /** The same price times {@code factor}; nothing stays nothing. */
    default Quote scaled(BigDecimal factor) {
        return switch (this) {
            case Found found -> found.times(factor);
            case Missing missing -> missing;
        };
    }
}
