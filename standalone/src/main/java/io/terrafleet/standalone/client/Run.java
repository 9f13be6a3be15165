package io.terrafleet.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A run as the API tells it at one moment.
 *
 * @param reasons why it ended or stands as it does, sentences
 * @param waitingFor a sentence while it waits for something
 * @param timeline the states reached so far with their times, in order
 */
public record Run(
        String id,
        String status,
        boolean hasChanges,
        boolean isConfirmable,
        boolean isCancelable,
        Optional<String> planId,
        Optional<String> applyId,
        Optional<String> costEstimateId,
        List<String> taskStageIds,
        List<String> policyCheckIds,
        Instant createdAt,
        List<Reached> timeline,
        List<String> reasons,
        Optional<String> waitingFor) {
    private static final Set<String> FINAL = Set.of(
            "applied",
            "discarded",
            "errored",
            "canceled",
            "force_canceled",
            "planned_and_finished",
            "policy_soft_failed");

    /** @param status the status word that was reached, for example {@code planned} */
    public record Reached(String status, Instant at) {}

    public boolean isFinal() {
        return FINAL.contains(status);
    }

    static Run of(JsonNode data) {
        JsonNode attributes = data.path("attributes");
        JsonNode related = data.path("relationships");
        return new Run(
                data.path("id").asText(),
                attributes.path("status").asText(),
                attributes.path("has-changes").asBoolean(),
                attributes.path("actions").path("is-confirmable").asBoolean(),
                attributes.path("actions").path("is-cancelable").asBoolean(),
                one(related.path("plan")),
                one(related.path("apply")),
                one(related.path("cost-estimate")),
                many(related.path("task-stages")),
                many(related.path("policy-checks")),
                Instant.parse(attributes.path("created-at").asText()),
                timeline(attributes.path("status-timestamps")),
                StreamSupport.stream(attributes.path("reasons").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                Optional.of(attributes.path("waiting-for").asText("")).filter(text -> !text.isBlank()));
    }

    private static List<Reached> timeline(JsonNode timestamps) {
        List<Reached> reached = new ArrayList<>();
        timestamps.properties().forEach(entry -> {
            String name = entry.getKey();
            if (name.endsWith("-at") && entry.getValue().isTextual()) {
                String status =
                        name.substring(0, name.length() - "-at".length()).replace('-', '_');
                reached.add(new Reached(status, Instant.parse(entry.getValue().asText())));
            }
        });
        reached.sort(Comparator.comparing(Reached::at));
        return reached;
    }

    private static Optional<String> one(JsonNode relationship) {
        JsonNode id = relationship.path("data").path("id");
        return id.isTextual() ? Optional.of(id.asText()) : Optional.empty();
    }

    private static List<String> many(JsonNode relationship) {
        return StreamSupport.stream(relationship.path("data").spliterator(), false)
                .map(linkage -> linkage.path("id").asText())
                .toList();
    }
}
