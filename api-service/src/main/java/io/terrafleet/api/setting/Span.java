package io.terrafleet.api.setting;

import io.terrafleet.api.problem.Problem;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as administrators write them: {@code 90m}, {@code 24h}, {@code 2d}. */
public final class Span {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(30);

    private Span() {}

    /** 422 at the attribute for what is no span, or more than 30 days. */
    public static Duration parse(String attribute, String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            long amount = Long.parseLong(form.group(1));
            Duration span =
                    switch (form.group(2)) {
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
            if (span.compareTo(LONGEST) <= 0) {
                return span;
            }
        }
        throw Problem.invalid(attribute, attribute + " must be a time of at most 30 days such as \"90m\" or \"24h\"");
    }

    public static String text(Duration span) {
        return span.toMinutes() % 60 == 0 ? span.toHours() + "h" : span.toMinutes() + "m";
    }
}
