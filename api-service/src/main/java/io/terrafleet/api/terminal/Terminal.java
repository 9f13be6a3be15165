package io.terrafleet.api.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the bytes of a log into HTML, piece by piece: the pen is carried from one piece to the next, and what a piece breaks off in
 * the middle of (a character, an escape sequence) is held back until the rest has come.
 *
 * <p>Colours and styles (SGR) become spans with classes; every other escape sequence and control character is dropped. A span is
 * closed at the end of each piece, so pieces can be appended to a page as they are. Not safe for use by several threads.
 */
public final class Terminal {
    private static final char ESCAPE = '\u001b';

    /** An escape sequence that does not end within so many characters is no sequence. */
    private static final int LONGEST_SEQUENCE = 256;

    private Pen pen;
    private byte[] held = new byte[0];

    private Terminal(Pen pen) {
        this.pen = pen;
    }

    public static Terminal fresh() {
        return new Terminal(Pen.PLAIN);
    }

    /** @param state of {@link #state()}; anything else begins plain */
    public static Terminal at(String state) {
        return new Terminal(Pen.read(state));
    }

    /** The pen as a short word of letters and digits; empty when plain. */
    public String state() {
        return pen.written();
    }

    /** Bytes that were taken and not yet shown. To resume elsewhere, begin so many bytes earlier. */
    public int held() {
        return held.length;
    }

    /** The next piece. */
    public String html(byte[] piece) {
        byte[] bytes = joined(held, piece);
        int whole = wholeCharacters(bytes);
        String text = decoded(bytes, whole);
        StringBuilder html = new StringBuilder(text.length() + text.length() / 4);
        int done = write(text, html);
        int tail = text.substring(done).getBytes(StandardCharsets.UTF_8).length;
        held = Arrays.copyOfRange(bytes, whole - tail, bytes.length);
        return html.toString();
    }

    /** What is left when nothing more will come. */
    public String rest() {
        String text = decoded(held, held.length);
        held = new byte[0];
        StringBuilder html = new StringBuilder(text.length());
        write(text, html);
        return html.toString();
    }

    /** @return the index of what must wait for more: an escape sequence, or a carriage return that may belong to a line's end */
    private int write(String text, StringBuilder html) {
        Pen open = Pen.PLAIN;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = c == ESCAPE ? sequenceEnd(text, at) : c == '\r' && at + 1 == text.length() ? -1 : at + 1;
            if (next < 0) {
                break;
            }
            if (c == ESCAPE) {
                select(text, at, next);
            } else if (c == '\n' || c == '\t' || shown(c)) {
                open = span(html, open);
                html.append(escaped(c));
            } else if (c == '\r' && text.charAt(next) != '\n') {
                html.append('\n');
            }
            at = next;
        }
        html.append(open.plain() ? "" : "</span>");
        return at;
    }

    private void select(String text, int from, int to) {
        if (text.charAt(from + 1) == '[' && text.charAt(to - 1) == 'm') {
            pen = pen.select(codes(text.substring(from + 2, to - 1)));
        }
    }

    private Pen span(StringBuilder html, Pen open) {
        if (open.equals(pen)) {
            return open;
        }
        html.append(open.plain() ? "" : "</span>");
        if (!pen.plain()) {
            html.append("<span class=\"").append(pen.classes()).append("\">");
        }
        return pen;
    }

    private static int[] codes(String parameters) {
        if (parameters.length() > 64
                || !parameters.chars().allMatch(c -> c == ';' || c == ':' || (c >= '0' && c <= '9'))) {
            return new int[0];
        }
        return Arrays.stream(parameters.replace(':', ';').split(";", -1))
                .mapToInt(code -> code.isEmpty() ? 0 : code.length() > 3 ? 999 : Integer.parseInt(code))
                .toArray();
    }

    /** @return the index after the sequence, or -1 when it does not end in the text */
    private static int sequenceEnd(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        return switch (text.charAt(at + 1)) {
            case '[' -> endOf(text, at + 2, false);
            case ']', 'P', '^', '_', 'X' -> endOf(text, at + 2, true);
            case '(', ')', '*', '+', '#', '%', ' ' -> at + 3 <= text.length() ? at + 3 : -1;
            default -> at + 2;
        };
    }

    /** A control sequence ends with {@code @} to {@code ~}, a string with BEL or {@code ESC \}. */
    private static int endOf(String text, int from, boolean string) {
        int limit = Math.min(text.length(), from + LONGEST_SEQUENCE);
        for (int i = from; i < limit; i++) {
            char c = text.charAt(i);
            boolean ends = string ? c == '\u0007' : c >= '@' && c <= '~';
            if (ends) {
                return i + 1;
            }
            if (string && c == ESCAPE && i + 1 < text.length()) {
                return text.charAt(i + 1) == '\\' ? i + 2 : i;
            }
            if (!string && (c < ' ' || c > '~')) {
                return i;
            }
        }
        return text.length() - from >= LONGEST_SEQUENCE ? from : -1;
    }

    /** The length of the bytes without a character that is not whole. */
    private static int wholeCharacters(byte[] bytes) {
        for (int back = 1; back <= 3 && back <= bytes.length; back++) {
            int lead = bytes[bytes.length - back] & 0xff;
            if (lead < 0x80) {
                return bytes.length;
            }
            if (lead >= 0xc0) {
                int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return back < length ? bytes.length - back : bytes.length;
            }
        }
        return bytes.length;
    }

    /** Bytes that are no UTF-8 become question marks of one byte, so that lengths in bytes can be told from the text. */
    private static String decoded(byte[] bytes, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith("?");
        try {
            CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes, 0, length));
            return text.toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("a decoder that replaces does not refuse", e);
        }
    }

    private static boolean shown(char c) {
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return !Character.isISOControl(c) && !direction;
    }

    private static String escaped(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> String.valueOf(c);
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
