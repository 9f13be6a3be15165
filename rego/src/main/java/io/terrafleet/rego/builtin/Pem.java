package io.terrafleet.rego.builtin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of RFC 7468.
 *
 * @param type what the block says it is, such as {@code CERTIFICATE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pem(String type, byte[] content) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END ([A-Z0-9 ]+)-----");

    /** The well-formed blocks of a text; whatever stands between them is ignored. */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                byte[] content = Base64.getMimeDecoder().decode(matcher.group(2).strip());
                boolean closed = matcher.group(1).equals(matcher.group(3));
                blocks.add(new Pem(closed ? matcher.group(1) : "", content));
            } catch (IllegalArgumentException e) {
                blocks.add(new Pem("", new byte[0]));
            }
        }
        return blocks;
    }

    static boolean isIn(String text) {
        return text.contains("-----BEGIN ");
    }
}
