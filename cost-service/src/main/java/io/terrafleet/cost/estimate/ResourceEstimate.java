package io.terrafleet.cost.estimate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One resource of the plan.
 *
 * @param change {@code create}, {@code update}, {@code delete}, {@code replace}, {@code no-op} or {@code forget}
 * @param previousAddress where it was before it moved
 * @param imported it exists already and this plan takes it over; then its cost counts as prior too
 * @param region for types of AWS that are priced
 * @param tags of the resource, as far as they are known and not sensitive
 * @param assumptions what was taken for granted, as sentences
 * @param problems why something has no price, as sentences
 */
public record ResourceEstimate(
        String address,
        Optional<String> previousAddress,
        String type,
        String change,
        boolean imported,
        Kind kind,
        Optional<String> region,
        Cost prior,
        Cost proposed,
        Map<String, String> tags,
        List<String> assumptions,
        List<String> problems) {

    public BigDecimal delta() {
        return proposed.monthly().subtract(prior.monthly());
    }
}
