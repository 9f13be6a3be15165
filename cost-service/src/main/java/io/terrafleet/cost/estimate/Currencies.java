package io.terrafleet.cost.estimate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An estimate has one currency. Nothing is converted: a total of two currencies would be wrong the next day. */
final class Currencies {
    private static final String USUAL = "USD";

    private Currencies() {}

    /** In the only currency there is, or in US dollars; what is billed in another one then has no price. */
    static Estimate one(List<ResourceEstimate> resources, Optional<LocalDate> pricesAsOf) {
        Set<String> all = new TreeSet<>();
        for (ResourceEstimate resource : resources) {
            all.addAll(of(resource));
        }
        if (all.size() <= 1) {
            return new Estimate(
                    List.copyOf(resources),
                    pricesAsOf,
                    all.isEmpty() ? USUAL : all.iterator().next());
        }
        List<ResourceEstimate> same = new ArrayList<>(resources.size());
        for (ResourceEstimate resource : resources) {
            Set<String> currencies = of(resource);
            boolean foreign = !currencies.isEmpty() && !currencies.equals(Set.of(USUAL));
            same.add(foreign ? without(resource, String.join(" and ", currencies)) : resource);
        }
        return new Estimate(List.copyOf(same), pricesAsOf, USUAL);
    }

    private static Set<String> of(ResourceEstimate resource) {
        Set<String> currencies = new TreeSet<>(resource.prior().currencies());
        currencies.addAll(resource.proposed().currencies());
        return currencies;
    }

    private static ResourceEstimate without(ResourceEstimate resource, String currency) {
        List<String> problems = new ArrayList<>(resource.problems());
        problems.add("not priced: it is billed in " + currency + " and this estimate is in " + USUAL);
        return new ResourceEstimate(
                resource.address(),
                resource.previousAddress(),
                resource.type(),
                resource.change(),
                resource.imported(),
                Kind.NO_PRICE,
                resource.region(),
                Cost.NONE,
                Cost.NONE,
                resource.tags(),
                resource.assumptions(),
                List.copyOf(problems));
    }
}
