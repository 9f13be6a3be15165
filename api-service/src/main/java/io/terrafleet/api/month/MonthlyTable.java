package io.terrafleet.api.month;

import java.time.Duration;
import java.util.Optional;

/**
 * A table in parts by month of its column {@code at}.
 *
 * @param name as in the database
 * @param setting the key that says how long its rows are kept
 * @param keep so long a row is kept at least; without it, nothing goes
 */
public record MonthlyTable(String name, String setting, Optional<Duration> keep) {
    private static final Duration LEAST = Duration.ofDays(1);

    /** @throws IllegalStateException when rows were to be kept for less than a day */
    public MonthlyTable {
        keep.filter(time -> time.compareTo(LEAST) < 0).ifPresent(time -> {
            throw new IllegalStateException(setting + " is " + time + " and must be at least a day.");
        });
    }
}
