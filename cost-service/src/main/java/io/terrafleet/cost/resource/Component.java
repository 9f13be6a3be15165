package io.terrafleet.cost.resource;

import java.math.BigDecimal;

/**
 * One line of a bill, for a month of 730 hours.
 *
 * @param part the part of the resource that the line is for, for example {@code root_block_device}; empty for the resource itself
 * @param name for people, for example {@code Storage (general purpose SSD, gp3)}
 * @param unit of the quantity: {@code hours}, {@code GB}, …
 * @param price a unit, in the estimate's currency
 * @param monthly quantity times price, exact
 * @param usageBased whether the quantity depends on use that a plan cannot know; then it is zero unless a usage file gives it
 */
public record Component(
        String part,
        String name,
        String unit,
        BigDecimal monthlyQuantity,
        BigDecimal price,
        BigDecimal monthly,
        boolean usageBased) {}
