package io.terrafleet.contracts;

import java.util.random.RandomGenerator;

/**
 * The shape of every external identifier: a prefix that tells the kind, a dash, and 16 characters of {@code [A-Za-z0-9]}. Clients
 * of the TFE API check this shape.
 */
public final class Ids {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int LENGTH = 16;

    private Ids() {}

    /** A new identifier, for example {@code run-CZcmD7eagjhyX0vN}; 16 characters of base 58 are 93 bits. */
    public static String make(String prefix, RandomGenerator random) {
        StringBuilder id =
                new StringBuilder(prefix.length() + 1 + LENGTH).append(prefix).append('-');
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** Whether the text is an identifier of the kind that the prefix names. */
    public static boolean isOne(String prefix, String text) {
        return text.length() == prefix.length() + 1 + LENGTH
                && text.startsWith(prefix)
                && text.charAt(prefix.length()) == '-'
                && text.chars().skip(prefix.length() + 1).allMatch(Ids::isLetterOrDigit);
    }

    private static boolean isLetterOrDigit(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    static String require(String prefix, String text) {
        if (!isOne(prefix, text)) {
            throw new IllegalArgumentException("\"" + abbreviate(text) + "\" is not an identifier of the form " + prefix
                    + "-xxxxxxxxxxxxxxxx (16 letters or digits)");
        }
        return text;
    }

    private static String abbreviate(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
