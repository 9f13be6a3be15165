package io.terrafleet.api.policy;

import io.terrafleet.contracts.event.Enforcement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rule in Rego.
 *
 * @param id {@code pol-} and 16 letters or digits
 * @param query a reference such as {@code data.acme.deny}, whose value is an array or set, empty when the plan passes
 * @param library whether it is one of the built-in rules, whose text cannot be changed
 * @param hasText whether its Rego was uploaded
 * @param policySetIds the sets that hold it
 * @param uploadedAt when its text last came
 */
public record Policy(
        String id,
        String organizationId,
        String name,
        String description,
        String query,
        Enforcement enforcement,
        boolean library,
        boolean hasText,
        List<String> policySetIds,
        Instant createdAt,
        Optional<Instant> uploadedAt) {}
