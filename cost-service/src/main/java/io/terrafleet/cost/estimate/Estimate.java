package io.terrafleet.cost.estimate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a plan costs.
 *
 * @param resources in the plan's order
 * @param pricesAsOf the date of the oldest price used
 * @param currency of all amounts: {@code USD}, or {@code CNY} for a plan in China alone
 */
public record Estimate(List<ResourceEstimate> resources, Optional<LocalDate> pricesAsOf, String currency) {

    /** A month before the plan, to the cent. */
    public BigDecimal priorMonthly() {
        return total(ResourceEstimate::prior);
    }

    /** A month after an apply, to the cent. */
    public BigDecimal proposedMonthly() {
        return total(ResourceEstimate::proposed);
    }

    /** The difference of the two as they are shown. */
    public BigDecimal deltaMonthly() {
        return proposedMonthly().subtract(priorMonthly());
    }

    /** The resource at an address; of a deposed object and its successor the first. */
    public Optional<ResourceEstimate> resource(String address) {
        return resources.stream()
                .filter(resource -> resource.address().equals(address))
                .findFirst();
    }

    public int count(Kind kind) {
        return (int)
                resources.stream().filter(resource -> resource.kind() == kind).count();
    }

    private BigDecimal total(Function<ResourceEstimate, Cost> side) {
        return resources.stream()
                .map(resource -> side.apply(resource).monthly())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2, RoundingMode.HALF_UP);
    }
}
