package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads texts of payloads: bounded, without control characters, and never null. */
final class Words {
    static final String HEADS = "refs/heads/";
    static final String TAGS = "refs/tags/";

    private static final int LONGEST = 2_048;
    private static final int LONGEST_BODY = 10_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String NONE = "0".repeat(40);

    private Words() {}

    static String text(JsonNode node) {
        return CONTROL.matcher(cut(node.asText(""), LONGEST)).replaceAll(" ");
    }

    /** With its lines. */
    static String body(JsonNode node) {
        return cut(node.asText(""), LONGEST_BODY).replace("\0", "");
    }

    /** A whole hash, and not that of nothing. */
    static Optional<String> commit(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> COMMIT.matcher(text).matches() && !text.equals(NONE));
    }

    static String inPath(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
