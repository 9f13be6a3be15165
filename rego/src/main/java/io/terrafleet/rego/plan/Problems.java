package io.terrafleet.rego.plan;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Errors found so far; a compilation reports as many as it can find. */
final class Problems {
    private static final int MAX_REPORTED = 50;

    private final Set<RegoError> found = new LinkedHashSet<>();

    void add(String code, String message, Position at) {
        found.add(new RegoError(code, message, at));
    }

    void addAll(RegoException problem) {
        found.addAll(problem.errors());
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new RegoException(found.stream()
                    .sorted(Comparator.comparing((RegoError e) -> e.at().file())
                            .thenComparingInt(e -> e.at().line())
                            .thenComparingInt(e -> e.at().column()))
                    .limit(MAX_REPORTED)
                    .toList());
        }
    }
}
