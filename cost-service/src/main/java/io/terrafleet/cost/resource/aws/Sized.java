package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Unpriceable;
import java.util.List;

/** Declares types that are so many machines of a size by the hour, and nothing else. */
final class Sized {
    private Sized() {}

    /**
     * @param size the attribute with the size of one machine
     * @param count the attribute with how many; one when absent
     */
    static Pricer of(String name, String service, String variant, String size, String count) {
        return (resource, bill) -> {
            String type = resource.text(size).orElseThrow(() -> new Unpriceable(size + " is not known before apply"));
            bill.hourly(
                    name + " (on-demand, " + type + ")",
                    resource.number(count, 1),
                    resource.instance(service, type, List.of(variant)));
        };
    }
}
