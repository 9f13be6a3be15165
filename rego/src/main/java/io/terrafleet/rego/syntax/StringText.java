package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;

/** Decodes JSON's escapes. */
final class StringText {
    private StringText() {}

    static String decode(String text, Position at) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = i < text.length() ? text.charAt(i++) : ' ';
            switch (escape) {
                case '"', '\\', '/', '{' -> out.append(escape);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append(unicode(text, i, at));
                    i += 4;
                }
                default -> throw illegal(at, "\\" + escape);
            }
        }
        return out.toString();
    }

    private static char unicode(String text, int from, Position at) {
        if (from + 4 > text.length()) {
            throw illegal(at, "\\u");
        }
        try {
            return (char) Integer.parseInt(text.substring(from, from + 4), 16);
        } catch (NumberFormatException e) {
            throw illegal(at, "\\u" + text.substring(from, from + 4));
        }
    }

    private static RegoException illegal(Position at, String escape) {
        return new RegoException("rego_parse_error", "illegal string escape sequence " + escape, at);
    }
}
