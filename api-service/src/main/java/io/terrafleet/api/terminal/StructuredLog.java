package io.terrafleet.api.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a log that terraform wrote with {@code -json}, a message on each line
 * (https://developer.hashicorp.com/terraform/internals/machine-readable-ui), into lines for people. Lines that are no messages stay
 * as they are, so a log of plain text comes out unchanged.
 */
public final class StructuredLog {
    private static final byte[] MESSAGE = "{\"@level\":".getBytes(StandardCharsets.US_ASCII);

    private StructuredLog() {}

    /** A piece of a log, for people. */
    public static final class Shown {
        private final byte[] text;
        private final int held;

        private Shown(byte[] text, int held) {
            this.text = text;
            this.held = held;
        }

        public byte[] text() {
            return text;
        }

        /** Bytes at the end that begin a message whose rest has not come yet. */
        public int held() {
            return held;
        }
    }

    /** @param last whether nothing will come after the piece, or nothing that would complete its last line */
    public static Shown shown(byte[] piece, boolean last) {
        @Nullable StringBuilder text = null;
        int plainFrom = 0;
        int begin = 0;
        while (begin < piece.length) {
            int end = lineEnd(piece, begin);
            boolean whole = end < piece.length || last;
            if (isMessage(piece, begin) && whole) {
                text = text == null ? new StringBuilder(piece.length) : text;
                text.append(utf8(piece, plainFrom, begin)).append(words(utf8(piece, begin, end)));
                plainFrom = Math.min(end + 1, piece.length);
            } else if (!whole && piece[begin] == '{') {
                return new Shown(joined(text, piece, plainFrom, begin), piece.length - begin);
            }
            begin = end + 1;
        }
        return text == null ? new Shown(piece, 0) : new Shown(joined(text, piece, plainFrom, piece.length), 0);
    }

    private static byte[] joined(@Nullable StringBuilder text, byte[] piece, int from, int to) {
        String rest = utf8(piece, from, to);
        return (text == null ? rest : text + rest).getBytes(StandardCharsets.UTF_8);
    }

    private static int lineEnd(byte[] piece, int from) {
        int at = from;
        while (at < piece.length && piece[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isMessage(byte[] piece, int from) {
        if (piece.length - from < MESSAGE.length) {
            return false;
        }
        for (int i = 0; i < MESSAGE.length; i++) {
            if (piece[from + i] != MESSAGE[i]) {
                return false;
            }
        }
        return true;
    }

    private static String utf8(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String words(String line) {
        try {
            JsonNode message = Json.mapper().readTree(line);
            return switch (message.path("type").asText()) {
                case "version" -> "";
                case "diagnostic" -> diagnostic(message);
                default -> message.path("@message").asText() + "\n";
            };
        } catch (JsonProcessingException e) {
            return line + "\n";
        }
    }

    private static String diagnostic(JsonNode message) {
        JsonNode diagnostic = message.path("diagnostic");
        StringBuilder text = new StringBuilder("\n")
                .append(message.path("@message").asText())
                .append('\n');
        JsonNode range = diagnostic.path("range");
        if (range.isObject()) {
            text.append("  on ")
                    .append(range.path("filename").asText())
                    .append(" line ")
                    .append(range.path("start").path("line").asInt())
                    .append('\n');
        }
        String detail = diagnostic.path("detail").asText();
        return detail.isEmpty()
                ? text.toString()
                : text.append('\n').append(detail).append('\n').toString();
    }
}
