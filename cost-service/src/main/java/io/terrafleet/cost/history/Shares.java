package io.terrafleet.cost.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.CostReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds the resources of an estimate up by type and tags. */
final class Shares {
    /** An event has room for as much. */
    private static final int MOST_BYTES = 800_000;

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
        sums.forEach((key, sum) -> shares.add(share(key, sum)));
        shares.sort(Comparator.comparing(CostPoint.Share::monthly).reversed());
        List<CostPoint.Share> told = folded(shares, CostReport.MOST_SHARES);
        for (int most = CostReport.MOST_SHARES / 2; Json.write(told).length > MOST_BYTES; most /= 2) {
            told = folded(shares, most);
        }
        return told;
    }

    /** The dearest as they are; the others by type alone, so that the whole stays what it is. */
    private static List<CostPoint.Share> folded(List<CostPoint.Share> shares, int most) {
        List<CostPoint.Share> folded = new ArrayList<>(shares.subList(0, Math.min(most, shares.size())));
        Map<String, Sum> rest = new TreeMap<>();
        for (CostPoint.Share share : shares.subList(folded.size(), shares.size())) {
            Sum sum = rest.computeIfAbsent(share.type(), type -> new Sum());
            sum.resources += share.resources();
            sum.monthly = sum.monthly.add(share.monthly());
        }
        rest.forEach((type, sum) -> folded.add(share(new Key(type, Map.of()), sum)));
        return folded;
    }

    private static CostPoint.Share share(Key key, Sum sum) {
        return new CostPoint.Share(
                key.type(), key.tags(), sum.resources, sum.monthly.setScale(4, RoundingMode.HALF_UP));
    }
}
