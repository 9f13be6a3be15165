package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the blocks of one resource share: where they stand in the plan and the bill that notes go to. */
record Scope(PlanSide side, PlannedResource planned, Bill bill) {

    /** The resources that an expression of this resource refers to. */
    List<PlannedResource> referred(JsonNode expression) {
        return side.references().resources(expression, planned.module());
    }

    /** Another resource of the same side, whose assumptions go on this bill. */
    Resource other(PlannedResource other) {
        return side.resource(other, bill);
    }
}
