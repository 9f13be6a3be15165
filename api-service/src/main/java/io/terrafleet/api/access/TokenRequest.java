package io.terrafleet.api.access;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A wish for a token: attributes {@code description} and {@code expired-at}, both optional. */
public record TokenRequest(String description, Optional<Instant> expiresAt) {
    private static final int LONGEST_DESCRIPTION = 1_000;

    public static TokenRequest read(InputStream body, Instant now) {
        RequestDocument document = RequestDocument.read(body);
        Optional<Instant> expiresAt = document.text("expired-at", 64).map(TokenRequest::instant);
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            throw Problem.invalid("expired-at", "Expired at must be in the future");
        }
        return new TokenRequest(
                document.text("description", LONGEST_DESCRIPTION).orElse(""), expiresAt);
    }

    private static Instant instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw notATime();
        }
        throw notATime();
    }

    private static Problem notATime() {
        return Problem.invalid(
                "expired-at", "Expired at must be a time before the year 9999 such as 2030-01-31T00:00:00Z");
    }
}
