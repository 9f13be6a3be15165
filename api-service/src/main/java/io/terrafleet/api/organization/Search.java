package io.terrafleet.api.organization;

import java.util.Locale;

/** What people type into a search, as a pattern for SQL's {@code like … escape '!'} on a text in lower case. */
public final class Search {
    private static final int LONGEST = 200;

    private Search() {}

    public static String containing(String text) {
        return "%" + escaped(text) + "%";
    }

    /** {@code *} stands for any characters: {@code app-*}. */
    public static String wildcard(String text) {
        return escaped(text).replace('*', '%');
    }

    private static String escaped(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return bounded.replace("\0", "")
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }
}
