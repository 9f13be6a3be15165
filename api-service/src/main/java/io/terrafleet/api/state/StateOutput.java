package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An output value of a state version.
 *
 * @param id {@code wsout-} and 16 letters or digits
 * @param type as Terraform writes types in JSON: {@code "string"} or {@code ["list","string"]}
 * @param value in clear; null node where sensitive values are withheld
 */
public record StateOutput(
        String id, String stateVersionId, String name, boolean sensitive, JsonNode type, JsonNode value) {
    @Override
    public String toString() {
        return "StateOutput[" + id + " " + name + "]";
    }
}
