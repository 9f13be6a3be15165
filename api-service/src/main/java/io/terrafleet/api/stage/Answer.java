package io.terrafleet.api.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a task says.
 *
 * @param status {@code running}, {@code passed} or {@code failed}
 * @param outcomes each an object of texts
 */
public record Answer(String status, Optional<String> message, Optional<String> url, ArrayNode outcomes) {
    private static final Set<String> STATUSES = Set.of("running", "passed", "failed");
    private static final int MOST_OUTCOMES = 100;

    static Answer read(RequestDocument request) {
        String status = request.required("status");
        if (!STATUSES.contains(status)) {
            throw Problem.invalid("status", "Status must be running, passed or failed");
        }
        Optional<String> url = request.text("url", 2_048).filter(text -> !text.isBlank());
        url.filter(text -> !text.startsWith("https://") && !text.startsWith("http://"))
                .ifPresent(text -> {
                    throw Problem.invalid("url", "Url must begin with https://");
                });
        return new Answer(status, request.text("message", 4_096), url, outcomes(request));
    }

    private static ArrayNode outcomes(RequestDocument request) {
        List<JsonNode> sent = request.relatedList("outcomes");
        if (sent.size() > MOST_OUTCOMES) {
            throw Problem.invalidRelationship("outcomes", "A task may send at most " + MOST_OUTCOMES + " outcomes");
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode outcome : sent) {
            JsonNode attributes = outcome.path("attributes");
            ObjectNode entry = kept.addObject();
            for (String name : List.of("outcome-id", "description", "body", "url")) {
                JsonNode text = attributes.path(name);
                if (text.isTextual()) {
                    entry.put(name, bounded(text.textValue(), name.equals("body") ? 10_000 : 1_024));
                }
            }
            JsonNode tags = attributes.path("tags");
            if (tags.isObject()
                    && tags.toString().length() <= 10_000
                    && !tags.toString().contains("\\u0000")) {
                entry.set("tags", tags);
            }
        }
        return kept;
    }

    private static String bounded(String text, int most) {
        return (text.length() > most ? text.substring(0, most) + "…" : text).replace("\0", "?");
    }
}
