package io.terrafleet.standalone.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of the simulated terraform's journal: what it really did.
 *
 * @param micros since 1970, by the clock of this machine
 * @param plan the plan's own name, {@code RUN.NUMBER}
 * @param rest what the line says further, depending on the deed
 */
record Entry(long micros, String run, Deed deed, String plan, List<String> rest) {
    /** What terraform can have done. */
    enum Deed {
        PLAN_BEGIN,
        PLAN_END,
        /** The plan's document was printed; the rest is its SHA-256. */
        SHOWN,
        APPLY_BEGIN,
        /** It still works. */
        TICKING,
        /** A state is about to replace the one before: serial, lineage, MD5. */
        WRITING,
        /** It has. */
        WRITTEN,
        /** The rest is how: {@code applied}, {@code failed}, {@code stale} or {@code interrupted}. */
        APPLY_END;

        static Optional<Deed> of(String word) {
            return Arrays.stream(values())
                    .filter(deed -> deed.name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', '-')
                            .equals(word))
                    .findFirst();
        }
    }

    /** Empty for a line that a kill has torn. */
    static Optional<Entry> parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 4 || !words[0].matches("\\d{10,18}")) {
            return Optional.empty();
        }
        return Deed.of(words[2])
                .map(deed -> new Entry(
                        Long.parseLong(words[0]),
                        words[1],
                        deed,
                        words[3],
                        List.copyOf(Arrays.asList(words).subList(4, words.length))));
    }

    /** A word of the rest; empty when the line has fewer. */
    String word(int index) {
        return index < rest.size() ? rest.get(index) : "";
    }
}
