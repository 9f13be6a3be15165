package io.terrafleet.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a plan would cost, in US dollars a month, as the API tells it. */
public record CostEstimate(
        String status,
        String priorMonthly,
        String proposedMonthly,
        String deltaMonthly,
        int resources,
        int matched,
        Optional<String> error) {

    static CostEstimate of(JsonNode data) {
        JsonNode attributes = data.path("attributes");
        JsonNode error = attributes.path("error-message");
        return new CostEstimate(
                attributes.path("status").asText(),
                attributes.path("prior-monthly-cost").asText("0.0"),
                attributes.path("proposed-monthly-cost").asText("0.0"),
                attributes.path("delta-monthly-cost").asText("0.0"),
                attributes.path("resources-count").asInt(),
                attributes.path("matched-resources-count").asInt(),
                error.isTextual() && !error.asText().isEmpty() ? Optional.of(error.asText()) : Optional.empty());
    }
}
