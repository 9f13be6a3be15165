package io.terrafleet.api.ingress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression that somebody wrote, tried on a name within bounds. */
final class TagRule {
    private static final int MOST_LOOKS = 200_000;

    private TagRule() {}

    /** False too when it takes too long to know. */
    static boolean matches(String regex, String tag) {
        try {
            return Pattern.compile(regex)
                    .matcher(new Counted(tag, new AtomicInteger()))
                    .find();
        } catch (PatternSyntaxException | TooManyLooks e) {
            return false;
        }
    }

    /** The same of a whole text; true too when it takes too long to know: rather a run too many than one too few. */
    static boolean isWhole(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text, new AtomicInteger())).matches();
        } catch (TooManyLooks e) {
            return true;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Counted(String text, AtomicInteger looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (looks.incrementAndGet() > MOST_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
