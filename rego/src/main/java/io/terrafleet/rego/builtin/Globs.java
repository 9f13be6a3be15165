package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Glob patterns: {@code *}, {@code **}, {@code ?}, {@code [a-z]}, {@code [!a]}, {@code {a,b}}. */
final class Globs {
    private Globs() {}

    static void register(Builtins.Registry registry) {
        registry.add("glob.match", 3, Globs::match);
        registry.add("glob.quote_meta", 1, o -> Value.of(o.string(0).replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0")));
    }

    private static Value match(Operands o) {
        String glob = o.string(0);
        List<String> delimiters = o.at(1) instanceof NullValue ? List.of() : o.strings(1);
        if (delimiters.isEmpty() && !(o.at(1) instanceof NullValue)) {
            delimiters = List.of(".");
        }
        String separators = String.join("", delimiters);
        Pattern pattern =
                o.environment().pattern("glob " + separators + " " + glob, () -> compile(o, glob, separators));
        return Value.of(pattern.matcher(new BoundedText(o.string(2), o::spend)).matches());
    }

    private static Pattern compile(Operands o, String glob, String separators) {
        try {
            return Pattern.compile(translate(o, glob, separators), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw o.failed("invalid pattern " + glob + ": " + e.getDescription());
        }
    }

    private static String translate(Operands o, String glob, String separators) {
        String one = separators.isEmpty() ? "." : "[^" + separators.replaceAll("[\\\\\\[\\]^&-]", "\\\\$0") + "]";
        StringBuilder out = new StringBuilder();
        int alternatives = 0;
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> {
                    boolean any = at < glob.length() && glob.charAt(at) == '*';
                    out.append(any ? ".*" : one + "*");
                    at += any ? 1 : 0;
                }
                case '?' -> out.append(one);
                case '[' -> {
                    int end = glob.indexOf(']', at);
                    if (end < 0) {
                        throw o.failed("invalid pattern " + glob + ": missing ]");
                    }
                    out.append(list(glob.substring(at, end)));
                    at = end + 1;
                }
                case '{' -> {
                    out.append("(?:");
                    alternatives++;
                }
                case '}' -> {
                    out.append(alternatives > 0 ? ")" : "\\}");
                    alternatives = Math.max(0, alternatives - 1);
                }
                case ',' -> out.append(alternatives > 0 ? "|" : ",");
                case '\\' -> out.append(Pattern.quote(at < glob.length() ? glob.substring(at, ++at) : "\\"));
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return out.toString();
    }

    private static String list(String content) {
        boolean negated = content.startsWith("!");
        String members = (negated ? content.substring(1) : content).replaceAll("[\\\\\\[^&]", "\\\\$0");
        return (negated ? "[^" : "[") + members + "]";
    }
}
