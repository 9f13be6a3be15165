package io.terrafleet.api.organization;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** What people type into a search, as a pattern for SQL's {@code like … escape '!'} on a text in lower case. */
public final class Search {
    private static final int LONGEST = 200;

    private Search() {}

    public static String containing(String text) {
        return "%" + escaped(text) + "%";
    }

    /** The text itself, to be looked for in a text in lower case. */
    public static String plain(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return bounded.replace("\0", "").toLowerCase(Locale.ROOT);
    }

    /**
     * The word of a text that few other texts have: the longest one with a figure in it, or else the longest one.
     *
     * @return all of the text when it has no word of three characters, which are the fewest that an index finds
     */
    public static String tellingWord(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() >= 3)
                .max(Comparator.comparing((String word) -> word.chars().anyMatch(Character::isDigit))
                        .thenComparingInt(String::length))
                .orElse(text);
    }

    /** {@code *} stands for any characters: {@code app-*}. */
    public static String wildcard(String text) {
        return escaped(text).replace('*', '%');
    }

    private static String escaped(String text) {
        return plain(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
