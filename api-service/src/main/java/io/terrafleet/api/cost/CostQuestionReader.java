package io.terrafleet.api.cost;

import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked of spending: {@code filter[group]} (see {@link Grouping#WORDS}) with {@code filter[tag]}, {@code filter[from]} and
 * {@code filter[to]} (months, {@code 2026-06}), {@code filter[project]} and {@code filter[workspace]} (ids), {@code filter[days]}.
 */
final class CostQuestionReader {
    private static final int LONGEST = 256;
    private static final int USUAL_MONTHS = 12;
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 3_660;

    private CostQuestionReader() {}

    /** @param grouping when none is asked for */
    static CostQuestion read(UriInfo uri, String grouping, Instant now) {
        YearMonth present = YearMonth.from(now.atZone(ZoneOffset.UTC));
        YearMonth to = month(uri, "filter[to]").orElse(present);
        YearMonth from = month(uri, "filter[from]").orElse(to.minusMonths(USUAL_MONTHS - 1L));
        if (from.isAfter(to) || from.plusMonths(Spending.MOST_MONTHS).isBefore(to)) {
            throw Problem.malformed("filter[from] must be a month before filter[to], at most " + Spending.MOST_MONTHS
                    + " months before, for example filter[from]=2026-01&filter[to]=2026-06");
        }
        CostScope scope = new CostScope(text(uri, "filter[project]"), text(uri, "filter[workspace]"));
        return new CostQuestion(grouping(uri, grouping), from, to, scope, days(uri));
    }

    private static Grouping grouping(UriInfo uri, String otherwise) {
        String word = text(uri, "filter[group]").orElse(otherwise);
        return Grouping.of(word, text(uri, "filter[tag]").orElse(""))
                .orElseThrow(() -> Problem.malformed("filter[group] must be one of " + String.join(", ", Grouping.WORDS)
                        + "; with tag, filter[tag] names the tag"));
    }

    private static int days(UriInfo uri) {
        String text = text(uri, "filter[days]").orElse(String.valueOf(USUAL_DAYS));
        int days = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.malformed("filter[days] must be a number from 1 to " + MOST_DAYS);
        }
        return days;
    }

    private static Optional<YearMonth> month(UriInfo uri, String name) {
        return text(uri, name).map(text -> {
            try {
                YearMonth month = YearMonth.parse(text);
                if (month.getYear() >= 2000 && month.getYear() <= 2999) {
                    return month;
                }
            } catch (DateTimeParseException e) {
                throw noMonth(name);
            }
            throw noMonth(name);
        });
    }

    private static Problem noMonth(String name) {
        return Problem.malformed(name + " must be a month, for example 2026-06");
    }

    private static Optional<String> text(UriInfo uri, String name) {
        @Nullable String text = uri.getQueryParameters().getFirst(name);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw Problem.malformed(name + " may have at most " + LONGEST + " characters, none of them NUL");
        }
        return Optional.of(text);
    }
}
