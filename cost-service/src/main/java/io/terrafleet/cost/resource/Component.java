package io.terrafleet.cost.resource;

import java.math.BigDecimal;

/**
 * One line of a bill, for a month of 730 hours.
 *
 * @param name for people, for example {@code Storage (general purpose SSD, gp3)}
 * @param unit of the quantity: {@code hours}, {@code GB}, …
 * @param price US dollars a unit
 * @param monthly quantity times price, exact
 * @param usageBased whether the quantity depends on use that a plan cannot know; then it is zero
 */
public record Component(
        String name,
        String unit,
        BigDecimal monthlyQuantity,
        BigDecimal price,
        BigDecimal monthly,
        boolean usageBased) {}
