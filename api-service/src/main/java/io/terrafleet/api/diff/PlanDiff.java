package io.terrafleet.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A whole plan, ready to be shown.
 *
 * @param resources that change, in the plan's order, reads last
 * @param drift what changed outside of terraform since the last apply
 * @param counts of the whole plan, whatever is shown of it
 * @param cut resources that are left out because there are too many
 */
public record PlanDiff(
        List<ResourceDiff> resources, List<ResourceDiff> outputs, List<ResourceDiff> drift, Counts counts, int cut) {
    /** Resources shown with their lines. */
    public static final int MOST_RESOURCES = 400;

    private static final int MOST_LINES = 12_000;

    /** A replacement counts as one added and one destroyed, as terraform does. */
    public record Counts(int add, int change, int destroy, int adopt, int forget, int read) {
        public boolean none() {
            return add + change + destroy + adopt + forget + read == 0;
        }
    }

    /** @param redacted the document of {@code contracts.plan.Redaction} */
    public static PlanDiff of(JsonNode redacted) {
        Room room = new Room();
        List<JsonNode> changing = changing(redacted.path("resource_changes"));
        List<ResourceDiff> resources = room.fit(changing);
        List<ResourceDiff> outputs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> output :
                redacted.path("output_changes").properties()) {
            if (Action.of(output.getValue().path("actions")) != Action.NONE) {
                outputs.add(room.take(ResourceDiff.output(output.getKey(), output.getValue(), room.lines)));
            }
        }
        List<JsonNode> drifted = changing(redacted.path("resource_drift"));
        List<ResourceDiff> drift = room.fit(drifted);
        int cut = changing.size() - resources.size() + drifted.size() - drift.size();
        return new PlanDiff(resources, List.copyOf(outputs), drift, counts(changing), cut);
    }

    public boolean empty() {
        return resources.isEmpty() && outputs.isEmpty();
    }

    private static List<JsonNode> changing(JsonNode entries) {
        List<JsonNode> changing = new ArrayList<>();
        List<JsonNode> reads = new ArrayList<>();
        for (JsonNode entry : entries) {
            switch (action(entry)) {
                case READ -> reads.add(entry);
                case NONE -> {}
                case CREATE, UPDATE, REPLACE, DELETE, FORGET, ADOPT -> changing.add(entry);
            }
        }
        changing.addAll(reads);
        return changing;
    }

    private static Action action(JsonNode entry) {
        Action planned = Action.of(entry.path("change").path("actions"));
        boolean adopted = entry.path("previous_address").isTextual()
                || entry.path("change").path("importing").isObject();
        return planned == Action.NONE && adopted ? Action.ADOPT : planned;
    }

    private static Counts counts(List<JsonNode> changing) {
        Map<Action, Integer> of = new EnumMap<>(Action.class);
        changing.forEach(entry -> of.merge(action(entry), 1, Integer::sum));
        int replace = of.getOrDefault(Action.REPLACE, 0);
        return new Counts(
                of.getOrDefault(Action.CREATE, 0) + replace,
                of.getOrDefault(Action.UPDATE, 0),
                of.getOrDefault(Action.DELETE, 0) + replace,
                of.getOrDefault(Action.ADOPT, 0),
                of.getOrDefault(Action.FORGET, 0),
                of.getOrDefault(Action.READ, 0));
    }

    /** How much may still be shown. */
    private static final class Room {
        private int resources = MOST_RESOURCES;
        private int lines = MOST_LINES;

        List<ResourceDiff> fit(List<JsonNode> entries) {
            List<ResourceDiff> fitting = new ArrayList<>();
            for (JsonNode entry : entries) {
                if (resources == 0) {
                    break;
                }
                resources--;
                fitting.add(take(ResourceDiff.of(entry, lines)));
            }
            return List.copyOf(fitting);
        }

        ResourceDiff take(ResourceDiff diff) {
            lines -= diff.lines().size();
            return diff;
        }
    }
}
