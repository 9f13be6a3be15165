package io.terrafleet.api.ingress;

import java.util.List;
import java.util.Locale;

/** The words by which a commit's message asks that nothing runs. */
final class SkipWords {
    private static final List<String> WORDS =
            List.of("[skip ci]", "[ci skip]", "[no ci]", "[skip terrafleet]", "[terrafleet skip]");

    private SkipWords() {}

    static boolean in(String message) {
        String small = message.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(small::contains);
    }
}
