package io.terrafleet.cost.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds the resources of an estimate up by type and tags. */
final class Shares {
    private record Key(String type, Map<String, String> tags) {}

    private static final class Sum {
        private int resources;
        private BigDecimal monthly = BigDecimal.ZERO;
    }

    private Shares() {}

    /** @param resources as the estimate's row keeps them */
    static List<CostPoint.Share> of(JsonNode resources) {
        Map<Key, Sum> sums = new LinkedHashMap<>();
        for (JsonNode resource : resources) {
            BigDecimal monthly = resource.path("proposed").path("monthly").decimalValue();
            if (monthly.signum() > 0) {
                Map<String, String> tags = new TreeMap<>();
                resource.path("tags")
                        .properties()
                        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
                Sum sum = sums.computeIfAbsent(new Key(resource.path("type").asText(), tags), key -> new Sum());
                sum.resources++;
                sum.monthly = sum.monthly.add(monthly);
            }
        }
        List<CostPoint.Share> shares = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> shares.add(new CostPoint.Share(
                key.type(), key.tags(), sum.resources, sum.monthly.setScale(4, RoundingMode.HALF_UP))));
        return shares;
    }
}
