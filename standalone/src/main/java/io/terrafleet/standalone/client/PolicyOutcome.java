package io.terrafleet.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What one policy said of a plan.
 *
 * @param enforcement {@code advisory}, {@code mandatory} and such
 * @param status {@code passed}, {@code failed} or {@code errored}
 * @param reasons the messages of its violations
 */
public record PolicyOutcome(String set, String policy, String enforcement, String status, List<String> reasons) {

    /** One outcome of a set; the reasons are in its output, as texts or as objects with a message. */
    static PolicyOutcome of(String set, JsonNode outcome) {
        List<String> reasons = StreamSupport.stream(outcome.path("output").spliterator(), false)
                .map(PolicyOutcome::words)
                .toList();
        return new PolicyOutcome(
                set,
                outcome.path("policy_name").asText(),
                outcome.path("enforcement_level").asText(),
                outcome.path("status").asText(),
                reasons);
    }

    private static String words(JsonNode violation) {
        if (!violation.isObject()) {
            return violation.asText();
        }
        String address = violation.path("address").asText("");
        return (address.isEmpty() ? "" : address + ": ")
                + violation.path("message").asText();
    }
}
