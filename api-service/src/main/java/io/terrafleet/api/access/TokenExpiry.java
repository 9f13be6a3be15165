package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long tokens are still good for, as {@code filter[expiry_status]} names it; each is a condition on the row {@code k}. */
public enum TokenExpiry {
    ACTIVE("(k.expiresAt is null or k.expiresAt > :now)"),
    EXPIRING_IN_7_DAYS("(k.expiresAt > :now and k.expiresAt <= :week)"),
    EXPIRING_IN_30_DAYS("(k.expiresAt > :now and k.expiresAt <= :month)"),
    EXPIRED("k.expiresAt <= :now"),
    NO_EXPIRATION("k.expiresAt is null");

    private final String condition;

    TokenExpiry(String condition) {
        this.condition = condition;
    }

    /**
     * Any of these, joined by commas.
     *
     * @return none when nobody asked
     * @throws Problem 400 for another word
     */
    public static List<TokenExpiry> read(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return List.of();
        }
        return Arrays.stream(words.split(",", 10))
                .map(String::strip)
                .map(TokenExpiry::named)
                .distinct()
                .toList();
    }

    private static TokenExpiry named(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.malformed("filter[expiry_status] must be among active, expiring_in_7_days,"
                        + " expiring_in_30_days, expired, no_expiration, joined by commas"));
    }

    static String condition(List<TokenExpiry> any) {
        return any.isEmpty()
                ? "1 = 1"
                : any.stream().map(status -> status.condition).collect(Collectors.joining(" or ", "(", ")"));
    }

    /** What the condition names. */
    static Map<String, Instant> parameters(List<TokenExpiry> any, Instant now) {
        String condition = condition(any);
        return Map.of("now", now, "week", now.plus(Duration.ofDays(7)), "month", now.plus(Duration.ofDays(30)))
                .entrySet()
                .stream()
                .filter(entry -> condition.contains(":" + entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
