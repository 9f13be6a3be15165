package io.terrafleet.policy.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Parses a plan into the values that policies read, and refuses what is not a plan: no policy may pass because it found nothing where it
 * looked. Messages hold no values of the plan.
 */
public final class PlanReader {
    private PlanReader() {}

    /** @param json at most {@link PlanDocument#MOST_BYTES} long */
    public static Value read(byte[] json) throws PlanUnreadable {
        if (json.length > PlanDocument.MOST_BYTES) {
            throw new PlanUnreadable(
                    "the plan is " + json.length + " bytes long; at most " + PlanDocument.MOST_BYTES + " are read");
        }
        Value plan = parse(json);
        if (!(plan instanceof ObjectValue)) {
            throw new PlanUnreadable("the plan must be a JSON object");
        }
        String version = Tree.text(plan, "format_version", "");
        if (!version.equals("1") && !version.startsWith("1.")) {
            throw new PlanUnreadable("format_version must be 1.x");
        }
        checkChanges(plan);
        return plan;
    }

    private static Value parse(byte[] json) throws PlanUnreadable {
        try {
            return Value.fromJson(new ByteArrayInputStream(json));
        } catch (JacksonException e) {
            throw PlanUnreadable.notJson(e);
        } catch (IOException e) {
            throw new PlanUnreadable("the plan is not one JSON document");
        }
    }

    private static void checkChanges(Value plan) throws PlanUnreadable {
        Value changes = Tree.at(plan, "resource_changes");
        if (changes == null) {
            return;
        }
        if (!(changes instanceof ArrayValue list)) {
            throw new PlanUnreadable("resource_changes must be an array");
        }
        if (list.size() > PlanDocument.MOST_RESOURCES) {
            throw new PlanUnreadable("resource_changes has " + list.size() + " entries; at most "
                    + PlanDocument.MOST_RESOURCES + " are read");
        }
        for (int i = 0; i < list.size(); i++) {
            checkChange(list.at(i), "resource_changes[" + i + "]");
        }
    }

    private static void checkChange(Value change, String where) throws PlanUnreadable {
        for (String member : new String[] {"address", "type", "name"}) {
            if (!(Tree.at(change, member) instanceof StringValue)) {
                throw new PlanUnreadable(where + "." + member + " must be a text");
            }
        }
        int actions = Tree.list(Tree.at(change, "change"), "actions").size();
        if (actions < 1 || actions > 2) {
            throw new PlanUnreadable(where + ".change.actions must be an array of one or two words");
        }
    }
}
