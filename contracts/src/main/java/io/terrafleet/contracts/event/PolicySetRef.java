package io.terrafleet.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.ArtifactRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy set at the version to judge by.
 *
 * @param bundle a tar.gz of {@code .rego} files; absent for {@code library} sets, whose text the policy-service ships
 * @param library whether the rules are those of the built-in library
 * @param policies what to ask of the set, at most 200
 * @param parameters by name; policies see them as {@code data.params.NAME}. Never secret.
 */
public record PolicySetRef(
        String id,
        String name,
        boolean library,
        Optional<ArtifactRef> bundle,
        List<PolicyRef> policies,
        Map<String, JsonNode> parameters) {

    /**
     * @param name unique in its set; of a library set the rule's name, for example {@code encryption_at_rest}
     * @param query a reference whose value must be an array or set, empty when the plan passes, for example {@code data.acme.deny}
     */
    public record PolicyRef(String name, String query, Enforcement enforcement, Optional<String> description) {}
}
