package io.terrafleet.api.document;

import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query parameter that is {@code true} or {@code false}. */
public final class Flag {
    private Flag() {}

    /**
     * @param text as it stands in the query; absent or empty when nobody asked
     * @throws Problem 400 for anything else
     */
    public static Optional<Boolean> of(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> throw Problem.malformed(parameter + " must be true or false");
        };
    }
}
