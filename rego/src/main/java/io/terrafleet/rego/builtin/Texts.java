package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Functions on strings. Positions and lengths count code points. */
final class Texts {
    private Texts() {}

    static void register(Builtins.Registry registry) {
        registry.add("concat", 2, o -> Value.of(String.join(o.string(0), o.strings(1))));
        registry.add("contains", 2, o -> Value.of(o.string(0).contains(o.string(1))));
        registry.add("startswith", 2, o -> Value.of(o.string(0).startsWith(o.string(1))));
        registry.add("endswith", 2, o -> Value.of(o.string(0).endsWith(o.string(1))));
        registry.add("lower", 1, o -> Value.of(mapped(o.string(0), Character::toLowerCase)));
        registry.add("upper", 1, o -> Value.of(mapped(o.string(0), Character::toUpperCase)));
        registry.add("trim", 2, o -> Value.of(trimmed(o, true, true)));
        registry.add("trim_left", 2, o -> Value.of(trimmed(o, true, false)));
        registry.add("trim_right", 2, o -> Value.of(trimmed(o, false, true)));
        registry.add("trim_prefix", 2, o -> Value.of(withoutPrefix(o.string(0), o.string(1))));
        registry.add("trim_suffix", 2, o -> Value.of(withoutSuffix(o.string(0), o.string(1))));
        registry.add("trim_space", 1, o -> Value.of(strip(o.string(0), Texts::isSpace, true, true)));
        registry.add("replace", 3, o -> Value.of(o.string(0).replace(o.string(1), o.string(2))));
        registry.add("strings.replace_n", 2, Texts::replaceAll);
        registry.add(
                "strings.reverse",
                1,
                o -> Value.of(new StringBuilder(o.string(0)).reverse().toString()));
        registry.add("strings.any_prefix_match", 2, o -> Value.of(anyMatch(o, String::startsWith)));
        registry.add("strings.any_suffix_match", 2, o -> Value.of(anyMatch(o, String::endsWith)));
        registry.add("strings.count", 2, Texts::occurrences);
        registry.add("strings.render_template", 2, o -> Value.of(GoTemplate.render(o.string(0), o.object(1), o)));
        registry.add("indexof", 2, Texts::indexOf);
        registry.add("indexof_n", 2, Texts::indexesOf);
        registry.add("substring", 3, Texts::substring);
        registry.add("split", 2, o -> strings(split(o.string(0), o.string(1))));
        registry.add("format_int", 2, Texts::formatInt);
        registry.add(
                "sprintf",
                2,
                o -> Value.of(Sprintf.format(o.string(0), o.array(1).list())));
    }

    static ArrayValue strings(List<String> strings) {
        return ArrayValue.of(strings.stream().map(StringValue::new).toList());
    }

    /** Letter by letter, as Go does it: ß has no upper case of one letter and stays. */
    private static String mapped(String text, IntUnaryOperator letter) {
        return text.codePoints()
                .map(letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Unicode's White_Space. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }

    private static String trimmed(Operands o, boolean left, boolean right) {
        String cutset = o.string(1);
        return strip(o.string(0), c -> cutset.indexOf(c) >= 0, left, right);
    }

    private static String strip(String text, IntPredicate cut, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && cut.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && cut.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** One pass over the text; at each place the first pattern, in key order, that fits is replaced. */
    private static Value replaceAll(Operands o) {
        ObjectValue patterns = o.object(0);
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (!(patterns.keyAt(i) instanceof StringValue key)) {
                throw o.type(0, "non-string key found in pattern object");
            }
            if (!(patterns.valueAt(i) instanceof StringValue value)) {
                throw o.type(0, "non-string value found in pattern object");
            }
            from.add(key.value());
            to.add(value.value());
        }
        String text = o.string(1);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int match = -1;
            for (int i = 0; i < from.size() && match < 0; i++) {
                match = !from.get(i).isEmpty() && text.startsWith(from.get(i), at) ? i : -1;
            }
            out.append(match < 0 ? text.substring(at, at + 1) : to.get(match));
            at += match < 0 ? 1 : from.get(match).length();
        }
        return Value.of(out.toString());
    }

    private static boolean anyMatch(Operands o, BiPredicate<String, String> matches) {
        List<String> texts = o.at(0) instanceof StringValue s ? List.of(s.value()) : o.strings(0);
        List<String> bases = o.at(1) instanceof StringValue s ? List.of(s.value()) : o.strings(1);
        return texts.stream().anyMatch(text -> bases.stream().anyMatch(base -> matches.test(text, base)));
    }

    private static Value occurrences(Operands o) {
        String text = o.string(0);
        String part = o.string(1);
        if (part.isEmpty()) {
            return Value.of(text.codePointCount(0, text.length()) + 1);
        }
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return Value.of(count);
    }

    private static Value indexOf(Operands o) {
        String text = o.string(0);
        String part = o.string(1);
        if (part.isEmpty()) {
            throw o.failed("empty search character");
        }
        int at = text.indexOf(part);
        return Value.of(at < 0 ? -1 : text.codePointCount(0, at));
    }

    private static Value indexesOf(Operands o) {
        String text = o.string(0);
        String part = o.string(1);
        if (part.isEmpty()) {
            throw o.failed("empty search character");
        }
        List<Value> found = new ArrayList<>();
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            found.add(Value.of(text.codePointCount(0, at)));
        }
        return ArrayValue.of(found);
    }

    private static Value substring(Operands o) {
        String text = o.string(0);
        int offset = o.integer(1);
        int length = o.integer(2);
        if (offset < 0) {
            throw o.failed("negative offset");
        }
        int points = text.codePointCount(0, text.length());
        if (offset >= points) {
            return Value.of("");
        }
        int start = text.offsetByCodePoints(0, offset);
        boolean toEnd = length < 0 || length >= points - offset;
        return Value.of(toEnd ? text.substring(start) : text.substring(start, text.offsetByCodePoints(start, length)));
    }

    static List<String> split(String text, String delimiter) {
        List<String> parts = new ArrayList<>();
        if (delimiter.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        int start = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start)) {
            parts.add(text.substring(start, at));
            start = at + delimiter.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Value formatInt(Operands o) {
        NumberValue number = o.number(0);
        int base = o.integer(1);
        if (base != 2 && base != 8 && base != 10 && base != 16) {
            throw o.type(1, "must be one of {2, 8, 10, 16}");
        }
        return Value.of(number.bigInteger().toString(base));
    }
}
