package io.terrafleet.rego.builtin;

import java.util.ArrayList;
import java.util.List;

/** GraphQL's two ways to write a text. */
final class GraphqlTexts {
    private GraphqlTexts() {}

    static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case '"', '\\', '/' -> out.append(escape);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append(unicode(text, at));
                    at += 4;
                }
                default -> throw BuiltinException.failed("GraphQL: invalid character escape \\" + escape);
            }
        }
        return out.toString();
    }

    private static char unicode(String text, int at) {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw BuiltinException.failed("GraphQL: invalid character escape \\u");
        }
        return (char) Integer.parseInt(text.substring(at, at + 4), 16);
    }

    /** Takes off the indentation that all lines but the first share, and blank lines at both ends. */
    static String block(String raw) {
        List<String> lines =
                new ArrayList<>(List.of(raw.replace("\\\"\"\"", "\"\"\"").split("\r\n|\n|\r", -1)));
        int common = Integer.MAX_VALUE;
        for (String line : lines.subList(1, lines.size())) {
            common = line.isBlank() ? common : Math.min(common, indent(line));
        }
        for (int i = 1; i < lines.size() && common < Integer.MAX_VALUE; i++) {
            lines.set(i, lines.get(i).substring(Math.min(common, lines.get(i).length())));
        }
        while (!lines.isEmpty() && lines.getFirst().isBlank()) {
            lines.removeFirst();
        }
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        return String.join("\n", lines);
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
