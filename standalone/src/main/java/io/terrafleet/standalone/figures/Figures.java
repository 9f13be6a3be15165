package io.terrafleet.standalone.figures;

import java.util.Locale;
import java.util.Optional;

/** What the name of a figure says of it. */
final class Figures {
    private Figures() {}

    /** Four digits that count. */
    static String round(double value) {
        double size = Math.abs(value);
        int digits = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Which way is better; empty for what is only told. */
    static Optional<Better> better(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        if (word.endsWith("perminute") || word.endsWith("persecond") || word.contains("per second")) {
            return Optional.of(Better.MORE);
        }
        boolean cost = word.contains("seconds")
                || word.contains("millis")
                || word.endsWith("ms")
                || word.endsWith("ratio")
                || word.endsWith("mebibytes")
                || word.endsWith(", bytes")
                || word.contains("peak");
        return cost ? Optional.of(Better.LESS) : Optional.empty();
    }

    enum Better {
        MORE,
        LESS;

        /** How many times worse than before; below one is better. */
        double worse(double before, double now) {
            return this == LESS ? now / before : before / now;
        }
    }
}
