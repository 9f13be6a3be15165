package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.plan.ResourceChange;

/**
 * A resource on one side of a plan.
 *
 * @param change the entry it is from
 * @param module the address of its module with indexes, empty for the root
 * @param values the known values
 * @param unknown {@code true} wherever a value is known only after apply
 */
public record PlannedResource(ResourceChange change, String module, JsonNode values, JsonNode unknown) {

    public static PlannedResource before(ResourceChange change) {
        return new PlannedResource(
                change, change.moduleAddress().orElse(""), change.before(), MissingNode.getInstance());
    }

    public static PlannedResource after(ResourceChange change) {
        return new PlannedResource(change, change.moduleAddress().orElse(""), change.after(), change.afterUnknown());
    }

    /** The address without the resource's own index: {@code module.a["x"].aws_subnet.b}. */
    String place() {
        return Addresses.join(module, change.type() + "." + change.name());
    }

    /** The address in the configuration: {@code module.a.aws_subnet.b}. */
    String configured() {
        return Addresses.withoutIndexes(place());
    }
}
