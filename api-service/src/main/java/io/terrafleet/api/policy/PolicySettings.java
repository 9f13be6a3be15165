package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.policy.PolicyWords;
import java.util.Optional;

/** What a caller may set on a policy; what is absent takes its default, or stays as it is. */
public record PolicySettings(
        Optional<String> name,
        Optional<String> description,
        Optional<String> query,
        Optional<Enforcement> enforcement) {
    public PolicySettings {
        name.ifPresent(PolicySettings::checkName);
        description.ifPresent(PolicySettings::checkDescription);
        query.ifPresent(text -> {
            if (!PolicyWords.isQuery(text)) {
                throw Problem.invalid("query", "Query must be a reference such as \"data.acme.deny\"");
            }
        });
    }

    static void checkName(String text) {
        if (!PolicyWords.isName(text)) {
            throw Problem.invalid(
                    "name", "Name must have 1 to 90 characters and can only include letters, numbers, -, and _");
        }
    }

    static void checkDescription(String text) {
        if (!PolicyWords.isDescription(text)) {
            throw Problem.invalid("description", "Description may have at most 1000 characters and no NUL character");
        }
    }
}
