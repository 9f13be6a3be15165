package io.terrafleet.api.terminal;

import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * How the next character is written.
 *
 * @param ink index into the 256 colours, -1 for the terminal's own
 * @param paper the same for the background
 */
record Pen(boolean bold, boolean faint, boolean italic, boolean underline, boolean inverse, int ink, int paper) {
    static final Pen PLAIN = new Pen(false, false, false, false, false, -1, -1);
    private static final Pattern WRITTEN = Pattern.compile("[bfiun]{0,5}(k\\d{1,3})?(p\\d{1,3})?");

    boolean plain() {
        return equals(PLAIN);
    }

    /** Class names for a span; never anything else than letters, digits, dashes and blanks. */
    String classes() {
        StringJoiner names = new StringJoiner(" ");
        if (bold) {
            names.add("t-b");
        }
        if (faint) {
            names.add("t-f");
        }
        if (italic) {
            names.add("t-i");
        }
        if (underline) {
            names.add("t-u");
        }
        if (inverse) {
            names.add("t-n");
        }
        if (ink >= 0) {
            names.add("t-k" + ink);
        }
        if (paper >= 0) {
            names.add("t-p" + paper);
        }
        return names.toString();
    }

    /** A short word that {@link #read} understands; empty when plain. */
    String written() {
        return (bold ? "b" : "")
                + (faint ? "f" : "")
                + (italic ? "i" : "")
                + (underline ? "u" : "")
                + (inverse ? "n" : "")
                + (ink >= 0 ? "k" + ink : "")
                + (paper >= 0 ? "p" + paper : "");
    }

    /** Anything that {@link #written} did not write is the plain pen: it comes back from a browser. */
    static Pen read(String word) {
        if (!WRITTEN.matcher(word).matches()) {
            return PLAIN;
        }
        int inkAt = word.indexOf('k');
        int paperAt = word.indexOf('p');
        int inkEnd = paperAt >= 0 ? paperAt : word.length();
        return new Pen(
                word.contains("b"),
                word.contains("f"),
                word.contains("i"),
                word.contains("u"),
                word.contains("n"),
                inkAt >= 0 ? colour(word.substring(inkAt + 1, inkEnd)) : -1,
                paperAt >= 0 ? colour(word.substring(paperAt + 1)) : -1);
    }

    private static int colour(String digits) {
        int colour = Integer.parseInt(digits);
        return colour <= 255 ? colour : -1;
    }

    /** The pen after {@code ESC [ parameters m}. */
    Pen select(int[] codes) {
        Pen pen = this;
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == 38 || codes[i] == 48) {
                int kind = i + 1 < codes.length ? codes[i + 1] : -1;
                OptionalInt colour = extended(codes, i, kind);
                if (colour.isPresent()) {
                    pen = codes[i] == 38 ? pen.inked(colour.getAsInt()) : pen.on(colour.getAsInt());
                }
                i += kind == 5 ? 2 : kind == 2 ? 4 : 0;
            } else {
                pen = pen.select(codes[i]);
            }
        }
        return pen;
    }

    private static OptionalInt extended(int[] codes, int at, int kind) {
        if (kind == 5 && at + 2 < codes.length && codes[at + 2] <= 255) {
            return OptionalInt.of(codes[at + 2]);
        }
        if (kind == 2 && at + 4 < codes.length) {
            return OptionalInt.of(Palette.nearest(codes[at + 2], codes[at + 3], codes[at + 4]));
        }
        return OptionalInt.empty();
    }

    private Pen select(int code) {
        return switch (code) {
            case 0 -> PLAIN;
            case 1 -> new Pen(true, faint, italic, underline, inverse, ink, paper);
            case 2 -> new Pen(bold, true, italic, underline, inverse, ink, paper);
            case 3 -> new Pen(bold, faint, true, underline, inverse, ink, paper);
            case 4, 21 -> new Pen(bold, faint, italic, true, inverse, ink, paper);
            case 7 -> new Pen(bold, faint, italic, underline, true, ink, paper);
            case 22 -> new Pen(false, false, italic, underline, inverse, ink, paper);
            case 23 -> new Pen(bold, faint, false, underline, inverse, ink, paper);
            case 24 -> new Pen(bold, faint, italic, false, inverse, ink, paper);
            case 27 -> new Pen(bold, faint, italic, underline, false, ink, paper);
            case 39 -> inked(-1);
            case 49 -> on(-1);
            default -> selectColour(code);
        };
    }

    private Pen selectColour(int code) {
        if (code >= 30 && code <= 37) {
            return inked(code - 30);
        }
        if (code >= 90 && code <= 97) {
            return inked(code - 90 + 8);
        }
        if (code >= 40 && code <= 47) {
            return on(code - 40);
        }
        if (code >= 100 && code <= 107) {
            return on(code - 100 + 8);
        }
        return this;
    }

    private Pen inked(int colour) {
        return new Pen(bold, faint, italic, underline, inverse, colour, paper);
    }

    private Pen on(int colour) {
        return new Pen(bold, faint, italic, underline, inverse, ink, colour);
    }
}
