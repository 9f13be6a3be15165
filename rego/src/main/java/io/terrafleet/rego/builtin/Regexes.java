package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions. */
final class Regexes {
    private Regexes() {}

    static void register(Builtins.Registry registry) {
        registry.add("regex.match", 2, o -> Value.of(find(o, 0, o.string(1))));
        registry.add("re_match", 2, o -> Value.of(find(o, 0, o.string(1))));
        registry.add("regex.is_valid", 1, Regexes::isValid);
        registry.add("regex.find_n", 3, Regexes::findAll);
        registry.add("regex.find_all_string_submatch_n", 3, Regexes::findGroups);
        registry.add("regex.split", 2, Regexes::split);
        registry.add("regex.replace", 3, Regexes::replace);
        registry.add("regex.template_match", 4, Regexes::templateMatch);
        registry.add("regex.globs_match", 2, o -> Value.of(GlobsMatch.overlap(o.string(0), o.string(1))));
    }

    private static Pattern pattern(Operands o, String source) {
        try {
            return o.environment().pattern(source, () -> RegexSyntax.compile(source));
        } catch (PatternSyntaxException e) {
            throw o.failed("error parsing regexp: " + e.getDescription() + ": " + source);
        }
    }

    private static boolean find(Operands o, int index, String text) {
        return guarded(o, () -> matcher(o, o.string(index), text).find());
    }

    private static Matcher matcher(Operands o, String pattern, String text) {
        return pattern(o, pattern).matcher(new BoundedText(text, o::spend));
    }

    private static <T> T guarded(Operands o, java.util.function.Supplier<T> match) {
        try {
            return match.get();
        } catch (StackOverflowError e) {
            throw o.failed("regular expression nests too deep for this text");
        }
    }

    private static Value isValid(Operands o) {
        if (!(o.at(0) instanceof StringValue source)) {
            return Value.of(false);
        }
        try {
            RegexSyntax.compile(source.value());
            return Value.of(true);
        } catch (PatternSyntaxException e) {
            return Value.of(false);
        }
    }

    /** At most {@code limit} matches, all when negative; an empty match right after another match does not count. */
    private static List<MatchResult> matches(Operands o, String pattern, String text, int limit) {
        return guarded(o, () -> {
            List<MatchResult> found = new ArrayList<>();
            Matcher matcher = matcher(o, pattern, text);
            int end = -1;
            while ((limit < 0 || found.size() < limit) && matcher.find()) {
                if (matcher.start() != matcher.end() || matcher.start() != end) {
                    found.add(matcher.toMatchResult());
                    end = matcher.end();
                }
            }
            return found;
        });
    }

    private static Value findAll(Operands o) {
        return Texts.strings(matches(o, o.string(0), o.string(1), o.integer(2)).stream()
                .map(MatchResult::group)
                .toList());
    }

    private static Value findGroups(Operands o) {
        List<Value> all = new ArrayList<>();
        for (MatchResult match : matches(o, o.string(0), o.string(1), o.integer(2))) {
            List<String> groups = new ArrayList<>();
            for (int i = 0; i <= match.groupCount(); i++) {
                groups.add(match.group(i) == null ? "" : match.group(i));
            }
            all.add(Texts.strings(groups));
        }
        return ArrayValue.of(all);
    }

    private static Value split(Operands o) {
        String text = o.string(1);
        List<String> parts = new ArrayList<>();
        int begin = 0;
        int end = 0;
        for (MatchResult match : matches(o, o.string(0), text, -1)) {
            end = match.start();
            if (match.end() != 0) {
                parts.add(text.substring(begin, end));
            }
            begin = match.end();
        }
        if (end != text.length() || text.isEmpty()) {
            parts.add(text.substring(begin));
        }
        return Texts.strings(parts);
    }

    private static Value replace(Operands o) {
        String text = o.string(0);
        String replacement = o.string(2);
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (MatchResult match : matches(o, o.string(1), text, -1)) {
            out.append(text, done, match.start());
            expand(replacement, match, out);
            done = match.end();
        }
        return Value.of(out.append(text.substring(done)).toString());
    }

    /** {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}}; a name is as long as possible; unknown ones are empty. */
    private static void expand(String replacement, MatchResult match, StringBuilder out) {
        int at = 0;
        while (at < replacement.length()) {
            char c = replacement.charAt(at++);
            if (c != '$' || at >= replacement.length()) {
                out.append(c);
                continue;
            }
            boolean braced = replacement.charAt(at) == '{';
            int start = braced ? at + 1 : at;
            int end = start;
            while (end < replacement.length()
                    && (Character.isLetterOrDigit(replacement.charAt(end)) || replacement.charAt(end) == '_')) {
                end++;
            }
            boolean closed = !braced || (end < replacement.length() && replacement.charAt(end) == '}');
            if (replacement.charAt(at) == '$') {
                out.append('$');
                at++;
            } else if (end == start || !closed) {
                out.append('$');
            } else {
                out.append(group(match, replacement.substring(start, end)));
                at = braced ? end + 1 : end;
            }
        }
    }

    private static String group(MatchResult match, String name) {
        boolean numeric = name.length() < 6 && name.chars().allMatch(Character::isDigit);
        Integer index = numeric ? Integer.valueOf(name) : match.namedGroups().get(name);
        String group = index == null || index > match.groupCount() ? null : match.group(index);
        return group == null ? "" : group;
    }

    private static Value templateMatch(Operands o) {
        String template = o.string(0);
        String open = o.string(2);
        String close = o.string(3);
        StringBuilder pattern = new StringBuilder("^");
        int at = 0;
        while (at < template.length()) {
            int start = template.indexOf(open, at);
            if (start < 0) {
                pattern.append(quoted(template.substring(at)));
                break;
            }
            int end = template.indexOf(close, start + open.length());
            if (end < 0) {
                throw o.failed("unbalanced braces in template: " + template);
            }
            pattern.append(quoted(template.substring(at, start)));
            pattern.append('(').append(template, start + open.length(), end).append(')');
            at = end + close.length();
        }
        String source = pattern.append('$').toString();
        return Value.of(guarded(o, () -> matcher(o, source, o.string(1)).find()));
    }

    static String quoted(String literal) {
        return literal.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
    }
}
