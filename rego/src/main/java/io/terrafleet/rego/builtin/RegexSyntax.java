package io.terrafleet.rego.builtin;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates RE2's syntax to Java's. What RE2 lacks on purpose (look-around, back references, possessive quantifiers) is
 * refused, so that policies stay portable.
 */
final class RegexSyntax {
    private static final int MAX_LENGTH = 10_000;

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final boolean multiline;
    private int at;

    private RegexSyntax(String source) {
        this.source = source;
        this.multiline = source.matches("(?s).*\\(\\?[a-zA-Z]*m.*");
    }

    /** Throws {@link PatternSyntaxException}. */
    static Pattern compile(String source) {
        if (source.length() > MAX_LENGTH) {
            throw new PatternSyntaxException("expression longer than " + MAX_LENGTH, source.substring(0, 40), -1);
        }
        return Pattern.compile(new RegexSyntax(source).translate(), Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
    }

    private String translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '$' -> {
                    out.append(multiline ? "$" : "\\z");
                    at++;
                }
                case '*', '+', '?', '}' -> quantifier(c);
                default -> {
                    out.append(c);
                    at++;
                }
            }
        }
        return out.toString();
    }

    private void quantifier(char c) {
        out.append(c);
        at++;
        if (at < source.length() && source.charAt(at) == '+') {
            throw refused("invalid nested repetition operator");
        }
    }

    private PatternSyntaxException refused(String why) {
        return new PatternSyntaxException(why, source, at);
    }

    private void group() {
        out.append('(');
        at++;
        if (source.startsWith("?P<", at)) {
            out.append("?<");
            at += 3;
        } else if (source.startsWith("?=", at)
                || source.startsWith("?!", at)
                || source.startsWith("?>", at)
                || source.startsWith("?<=", at)
                || source.startsWith("?<!", at)) {
            throw refused("invalid or unsupported Perl syntax");
        } else if (source.startsWith("?", at)) {
            flags();
        }
    }

    /** RE2's {@code U} flag has another meaning in Java; it is not supported. */
    private void flags() {
        int end = at + 1;
        while (end < source.length() && "imsU-".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        String flags = source.substring(at, end);
        if (flags.contains("U")) {
            throw refused("flag U is not supported");
        }
        out.append(flags);
        at = end;
    }

    private void escape(boolean inClass) {
        if (at + 1 >= source.length()) {
            throw refused("trailing backslash at end of expression");
        }
        char c = source.charAt(at + 1);
        if (Character.isDigit(c) && c != '0' && !inClass) {
            throw refused("invalid escape sequence");
        }
        if (c == 'Q' && !inClass) {
            int end = source.indexOf("\\E", at);
            out.append(Pattern.quote(source.substring(at + 2, end < 0 ? source.length() : end)));
            at = end < 0 ? source.length() : end + 2;
            return;
        }
        if (Character.isLetter(c) && "dDwWsSbBAzpPxaftnrvQE".indexOf(c) < 0) {
            throw refused("invalid escape sequence");
        }
        out.append(c == 'v' ? "\\x0B" : source.substring(at, at + 2));
        at += 2;
    }

    private void characterClass() {
        out.append('[');
        at++;
        if (at < source.length() && source.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            char c = source.charAt(at);
            if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                posixClass();
            } else if (c == '\\') {
                escape(true);
            } else {
                out.append(c == '[' || c == '&' || (c == ']' && first) ? "\\" + c : String.valueOf(c));
                at++;
            }
            first = false;
        }
        if (at >= source.length()) {
            throw refused("missing closing ]");
        }
        out.append(']');
        at++;
    }

    private void posixClass() {
        int end = source.indexOf(":]", at);
        String name = source.substring(at + 2, end);
        boolean negated = name.startsWith("^");
        String java =
                switch (negated ? name.substring(1) : name) {
                    case "alnum" -> "Alnum";
                    case "alpha" -> "Alpha";
                    case "ascii" -> "ASCII";
                    case "blank" -> "Blank";
                    case "cntrl" -> "Cntrl";
                    case "digit" -> "Digit";
                    case "graph" -> "Graph";
                    case "lower" -> "Lower";
                    case "print" -> "Print";
                    case "punct" -> "Punct";
                    case "space" -> "Space";
                    case "upper" -> "Upper";
                    case "xdigit" -> "XDigit";
                    case "word" -> "";
                    default -> throw refused("invalid character class range");
                };
        out.append(java.isEmpty() ? (negated ? "\\W" : "\\w") : (negated ? "\\P{" : "\\p{") + java + "}");
        at = end + 2;
    }
}
