package io.terrafleet.rego.builtin;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;

/** Go's way of writing a date format: by the example of one moment, {@code Mon Jan 2 15:04:05 MST 2006}. */
final class GoLayout {
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
            Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
            Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
            Map.entry("RFC822", "02 Jan 06 15:04 MST"),
            Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
            Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
            Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
            Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
            Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
            Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"));
    private static final String[][] ELEMENTS = {
        {"January", "MMMM"},
        {"Jan", "MMM"},
        {"Monday", "EEEE"},
        {"Mon", "EEE"},
        {"MST", "zzz"},
        {"2006", "uuuu"},
        {"-07:00", "xxx"},
        {"-0700", "xx"},
        {"-07", "x"},
        {"Z07:00", "XXX"},
        {"Z0700", "XX"},
        {"Z07", "X"},
        {"002", "DDD"},
        {"01", "MM"},
        {"02", "dd"},
        {"03", "hh"},
        {"04", "mm"},
        {"05", "ss"},
        {"06", "uu"},
        {"15", "HH"},
        {"PM", "a"},
        {"pm", "a"},
        {"__2", "D"},
        {"_2", "ppd"},
        {"1", "M"},
        {"2", "d"},
        {"3", "h"},
        {"4", "m"},
        {"5", "s"},
    };

    private static final int OLDEST_SHORT_YEAR = 1969;

    private GoLayout() {}

    /** Writes moments. */
    static DateTimeFormatter formatter(String layout) {
        return build(layout, false).toFormatter(Locale.ENGLISH);
    }

    /** Reads moments; the more forgiving direction, as in Go. */
    static DateTimeFormatter parser(String layout) {
        return build(layout, true).toFormatter(Locale.ENGLISH);
    }

    /** Whether the layout has a zone's abbreviation, which says nothing certain. */
    static boolean namesZone(String layout) {
        return NAMED.getOrDefault(layout, layout).contains("MST");
    }

    private static DateTimeFormatterBuilder build(String layout, boolean parsing) {
        String example = NAMED.getOrDefault(layout, layout);
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        int at = 0;
        boolean seconds = false;
        while (at < example.length()) {
            int fraction = fraction(example, at);
            String[] element = element(example, at);
            if (fraction > 0) {
                boolean fixed = example.charAt(at + 1) == '0';
                builder.appendFraction(ChronoField.NANO_OF_SECOND, fixed ? fraction : 0, fraction, true);
                seconds = false;
                at += fraction + 1;
            } else if (element != null) {
                seconds(builder, seconds && parsing);
                seconds = element[0].equals("05") || element[0].equals("5");
                append(builder, element);
                at += element[0].length();
            } else {
                seconds(builder, seconds && parsing);
                seconds = false;
                builder.appendLiteral(example.charAt(at++));
            }
        }
        seconds(builder, seconds && parsing);
        return builder;
    }

    /** When parsing, Go accepts a fraction after seconds that the layout does not show. */
    private static void seconds(DateTimeFormatterBuilder builder, boolean afterSeconds) {
        if (afterSeconds) {
            builder.optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd();
        }
    }

    private static void append(DateTimeFormatterBuilder builder, String[] element) {
        if (element[0].equals("MST")) {
            builder.appendZoneText(TextStyle.SHORT);
        } else if (element[0].equals("06")) {
            builder.appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST_SHORT_YEAR);
        } else if (element[0].equals("__2")) {
            builder.padNext(3).appendValue(ChronoField.DAY_OF_YEAR);
        } else if (element[1].startsWith("MMM") || element[1].startsWith("EEE")) {
            builder.parseCaseInsensitive().appendPattern(element[1]).parseCaseSensitive();
        } else if (element[0].equals("pm")) {
            builder.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "am", 1L, "pm"));
        } else {
            builder.appendPattern(element[1]);
        }
    }

    private static int fraction(String example, int at) {
        char separator = example.charAt(at);
        if (at + 1 >= example.length() || (separator != '.' && separator != ',')) {
            return 0;
        }
        char digit = example.charAt(at + 1);
        int end = at + 1;
        while (end < example.length() && (digit == '0' || digit == '9') && example.charAt(end) == digit) {
            end++;
        }
        boolean more = end < example.length() && Character.isDigit(example.charAt(end));
        return more ? 0 : end - at - 1;
    }

    private static String @org.jspecify.annotations.Nullable [] element(String example, int at) {
        for (String[] element : ELEMENTS) {
            if (example.startsWith(element[0], at)) {
                return element;
            }
        }
        return null;
    }
}
