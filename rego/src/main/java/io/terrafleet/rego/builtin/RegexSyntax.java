package io.terrafleet.rego.builtin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Translates RE2's syntax to Java's. What RE2 lacks on purpose (look-around, back references, possessive quantifiers) is
 * refused, so that policies stay portable.
 */
final class RegexSyntax {
    private static final int MAX_LENGTH = 10_000;
    private static final int MOST_REPEATS = 1_000;
    private static final Pattern REPEATS = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    /** Not the vertical tab, which Java takes for space too. */
    private static final String SPACE = "\\t\\n\\f\\r ";

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final boolean multiline;
    private final Deque<Boolean> outer = new ArrayDeque<>();
    private boolean ungreedy;
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
                case ')' -> {
                    out.append(c);
                    at++;
                    ungreedy = !outer.isEmpty() && outer.pop();
                }
                case '{' -> repeats();
                case '}' -> {
                    out.append("\\}");
                    at++;
                }
                case '*', '+', '?' -> quantifier(String.valueOf(c));
                default -> {
                    out.append(c);
                    at++;
                }
            }
        }
        return out.toString();
    }

    private void quantifier(String written) {
        out.append(written);
        at += written.length();
        if (at < source.length() && source.charAt(at) == '+') {
            throw refused("invalid nested repetition operator");
        }
        boolean marked = at < source.length() && source.charAt(at) == '?';
        at += marked ? 1 : 0;
        out.append(marked == ungreedy ? "" : "?");
    }

    /** A brace that says no number of repeats stands for itself. */
    private void repeats() {
        Matcher matcher = REPEATS.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            out.append("\\{");
            at++;
            return;
        }
        if (!isCount(matcher.group(1)) || !isCount(matcher.group(2))) {
            throw refused("invalid repeat count");
        }
        quantifier(matcher.group());
    }

    private static boolean isCount(@Nullable String digits) {
        return digits == null || digits.isEmpty() || (digits.length() < 5 && Integer.parseInt(digits) <= MOST_REPEATS);
    }

    private PatternSyntaxException refused(String why) {
        return new PatternSyntaxException(why, source, at);
    }

    private void group() {
        out.append('(');
        at++;
        outer.push(ungreedy);
        if (source.startsWith("?P<", at)) {
            out.append("?<");
            at += 3;
        } else if (source.startsWith("?=", at)
                || source.startsWith("?!", at)
                || source.startsWith("?>", at)
                || source.startsWith("?<=", at)
                || source.startsWith("?<!", at)) {
            throw refused("invalid or unsupported Perl syntax");
        } else if (source.startsWith("?<", at)) {
            out.append("?<");
            at += 2;
        } else if (source.startsWith("?", at)) {
            flags();
        }
    }

    /** Java has no flag {@code U} of this meaning: it turns round which quantifiers are greedy. */
    private void flags() {
        int end = at + 1;
        while (end < source.length() && "imsU-".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        boolean rest = end < source.length() && source.charAt(end) == ')';
        if (!rest && (end >= source.length() || source.charAt(end) != ':')) {
            throw refused("invalid or unsupported Perl syntax");
        }
        String flags = source.substring(at, end);
        if (flags.contains("U")) {
            int off = flags.indexOf('-');
            ungreedy = off < 0 || flags.indexOf('U') < off;
        }
        if (rest && !outer.isEmpty()) {
            // The flags hold for the rest of the group around: its closing parenthesis ends them, not this one.
            outer.pop();
            outer.push(ungreedy);
        }
        String kept = flags.replace("U", "");
        out.append(kept.equals("?") && rest ? "?:" : kept);
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
        if (c == 'p' || c == 'P') {
            property();
            return;
        }
        if (c == 's' || c == 'S') {
            out.append(inClass ? (c == 's' ? SPACE : "\\S") : (c == 's' ? "[" : "[^") + SPACE + "]");
            at += 2;
            return;
        }
        if (source.startsWith("x{", at + 1)) {
            int end = source.indexOf('}', at);
            out.append(source, at, end < 0 ? source.length() : end + 1);
            at = end < 0 ? source.length() : end + 1;
            return;
        }
        out.append(c == 'v' ? "\\x0B" : source.substring(at, at + 2));
        at += 2;
    }

    /** A category by one letter, or in braces a category or a script. */
    private void property() {
        int start = at + 2;
        boolean braced = start < source.length() && source.charAt(start) == '{';
        int end = braced ? source.indexOf('}', start) : start + 1;
        if (end < 0 || end > source.length() || start >= source.length()) {
            throw refused("invalid character class range");
        }
        String name = braced ? source.substring(start + 1, end) : source.substring(start, end);
        boolean negated = (source.charAt(at + 1) == 'P') != name.startsWith("^");
        String plain = name.startsWith("^") ? name.substring(1) : name;
        boolean script = plain.length() > 2;
        out.append(negated ? "\\P{" : "\\p{")
                .append(script ? "Is" + plain : plain)
                .append('}');
        at = braced ? end + 1 : end;
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
