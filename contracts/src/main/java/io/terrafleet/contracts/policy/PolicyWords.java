package io.terrafleet.contracts.policy;

import java.util.regex.Pattern;

/** How a policy may be named, asked and described, wherever that is said: over the API or in a file. */
public final class PolicyWords {
    /** Of one set. */
    public static final int MOST_POLICIES = 200;

    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LONGEST_QUERY = 300;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,90}");
    private static final Pattern REFERENCE =
            Pattern.compile("data(\\.[A-Za-z_][A-Za-z0-9_]*|\\[\"[^\"\\\\]{1,200}\"\\]){1,50}");

    private PolicyWords() {}

    /** Up to 90 letters, digits, {@code -} and {@code _}. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A reference below {@code data}, such as {@code data.acme.deny}, of up to 300 characters. */
    public static boolean isQuery(String text) {
        return text.length() <= LONGEST_QUERY && REFERENCE.matcher(text).matches();
    }

    /** Up to 1,000 characters without NUL. */
    public static boolean isDescription(String text) {
        return text.length() <= LONGEST_DESCRIPTION && text.indexOf('\0') < 0;
    }
}
