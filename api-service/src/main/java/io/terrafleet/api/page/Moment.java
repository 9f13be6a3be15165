package io.terrafleet.api.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A point in time as pages say it: absolute in UTC; a script makes it relative. */
public record Moment(Instant at) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public String getIso() {
        return at.toString();
    }

    public String getText() {
        return TEXT.format(at);
    }

    /** The time of day alone, where the day is clear. */
    public String getClock() {
        return CLOCK.format(at);
    }

    /** For people: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String took(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 10_000) {
            return String.format(Locale.ENGLISH, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
