package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.plan.ResourceChange;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of a resource, or its labels: what its cost may be told by. */
final class Tags {
    private static final int MOST = 50;
    private static final int LONGEST = 256;

    private Tags() {}

    static SortedMap<String, String> of(ResourceChange change) {
        boolean stays = change.after().isObject();
        JsonNode values = stays ? change.after() : change.before();
        JsonNode sensitive = stays ? change.afterSensitive() : change.beforeSensitive();
        SortedMap<String, String> tags = new TreeMap<>();
        for (String attribute : new String[] {"tags_all", "tags", "effective_labels", "labels"}) {
            JsonNode marks = sensitive.path(attribute);
            if (!marks.asBoolean(false)) {
                add(values.path(attribute), marks, tags);
            }
        }
        return Collections.unmodifiableSortedMap(tags);
    }

    private static void add(JsonNode values, JsonNode marks, Map<String, String> tags) {
        for (Map.Entry<String, JsonNode> tag : values.properties()) {
            boolean told = tag.getValue().isTextual()
                    && !marks.path(tag.getKey()).asBoolean(false)
                    && tag.getKey().length() <= LONGEST
                    && tag.getValue().textValue().length() <= LONGEST;
            if (told && tags.size() < MOST) {
                tags.putIfAbsent(tag.getKey(), tag.getValue().textValue());
            }
        }
    }
}
