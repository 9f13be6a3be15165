package io.terrafleet.policy.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An outcome in which no policy tells a sensitive parameter: their texts are replaced wherever they stand. */
final class Redacted {
    private static final String INSTEAD = "(sensitive)";

    /** Shorter texts stand in too many sentences by chance. */
    private static final int SHORTEST = 4;

    private final List<String> secrets = new ArrayList<>();

    private Redacted(Collection<JsonNode> values) {
        values.forEach(this::collect);
    }

    static SetOutcome of(SetOutcome set, Collection<JsonNode> secrets) {
        return secrets.isEmpty() ? set : new Redacted(secrets).redacted(set);
    }

    private void collect(JsonNode value) {
        if (value.isTextual() && value.textValue().length() >= SHORTEST) {
            secrets.add(value.textValue());
        }
        value.forEach(this::collect);
    }

    private SetOutcome redacted(SetOutcome set) {
        return new SetOutcome(
                set.policySetId(),
                set.name(),
                set.error().map(this::redacted),
                set.outcomes().stream().map(this::redacted).toList(),
                set.terms());
    }

    private Outcome redacted(Outcome outcome) {
        return new Outcome(
                outcome.policy(),
                outcome.query(),
                outcome.enforcement(),
                outcome.status(),
                outcome.description(),
                outcome.violations().stream()
                        .map(violation -> new Violation(
                                violation.address().map(this::redacted),
                                redacted(violation.message()),
                                violation.verdict()))
                        .toList(),
                outcome.violationCount());
    }

    private String redacted(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, INSTEAD);
        }
        return clean;
    }
}
