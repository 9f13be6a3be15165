package io.terrafleet.api.run;

import io.terrafleet.api.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code filter[timeframe]}: a year such as {@code 2026}, or {@code year} for the last twelve months, which is also the default. */
final class Timeframe {
    private static final Pattern YEAR = Pattern.compile("[12][0-9]{3}");

    private Timeframe() {}

    /** From when, and until when (without), as ISO 8601. */
    static List<String> of(@Nullable String text, Instant now) {
        if (text == null || text.isEmpty() || text.equals("year")) {
            Instant yearAgo = now.atOffset(ZoneOffset.UTC).minusYears(1).toInstant();
            return List.of(yearAgo.toString(), now.plus(1, ChronoUnit.DAYS).toString());
        }
        if (!YEAR.matcher(text).matches()) {
            throw Problem.malformed(
                    "filter[timeframe] must be a year such as 2026, or \"year\" for the last 12 months");
        }
        int year = Integer.parseInt(text);
        return List.of(year + "-01-01T00:00:00Z", (year + 1) + "-01-01T00:00:00Z");
    }
}
