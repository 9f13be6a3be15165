package io.terrafleet.rego.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether two patterns can match a common, non-empty text. Patterns are characters, {@code .}, classes in brackets, each
 * optionally followed by {@code *} or {@code +}.
 */
final class GlobsMatch {
    /** One unit of a pattern: which characters, and whether it may be left out or repeated. */
    private record Unit(BitSet characters, boolean optional, boolean repeated) {}

    private GlobsMatch() {}

    static boolean overlap(String left, String right) {
        List<Unit> a = units(left);
        List<Unit> b = units(right);
        return reach(a, b, 0, 0, false, new HashSet<>());
    }

    /** Walks both patterns together; a state is a place in each and whether a character was taken. */
    private static boolean reach(List<Unit> a, List<Unit> b, int i, int j, boolean some, Set<List<Integer>> seen) {
        if (!seen.add(List.of(i, j, some ? 1 : 0))) {
            return false;
        }
        if (i == a.size() && j == b.size()) {
            return some;
        }
        if (i < a.size() && a.get(i).optional && reach(a, b, i + 1, j, some, seen)) {
            return true;
        }
        if (j < b.size() && b.get(j).optional && reach(a, b, i, j + 1, some, seen)) {
            return true;
        }
        if (i == a.size() || j == b.size() || !a.get(i).characters.intersects(b.get(j).characters)) {
            return false;
        }
        return (a.get(i).repeated && reach(a, b, i, j + 1, true, seen))
                || (b.get(j).repeated && reach(a, b, i + 1, j, true, seen))
                || (a.get(i).repeated && b.get(j).repeated && reach(a, b, i, j, true, seen))
                || reach(a, b, i + 1, j + 1, true, seen);
    }

    private static List<Unit> units(String pattern) {
        List<Unit> units = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            BitSet characters = new BitSet();
            char c = pattern.charAt(at);
            switch (c) {
                case '.' -> {
                    characters.set(0, Character.MAX_VALUE + 1);
                    at++;
                }
                case '[' -> at = classOf(pattern, at, characters);
                case '*', '+' -> throw invalid(pattern, at, "flag '" + c + "' must be preceded by a non-flag");
                case ']' -> throw invalid(pattern, at, "set-close ']' with no preceding '['");
                case '\\' -> {
                    if (at + 1 >= pattern.length()) {
                        throw invalid(pattern, at, "trailing escape");
                    }
                    characters.set(pattern.charAt(at + 1));
                    at += 2;
                }
                default -> {
                    characters.set(c);
                    at++;
                }
            }
            char flag = at < pattern.length() ? pattern.charAt(at) : ' ';
            boolean flagged = flag == '*' || flag == '+';
            at += flagged ? 1 : 0;
            units.add(new Unit(characters, flag == '*', flagged));
        }
        return units;
    }

    private static int classOf(String pattern, int open, BitSet into) {
        int at = open + 1;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            at += pattern.charAt(at) == '\\' ? 1 : 0;
            char from = at < pattern.length() ? pattern.charAt(at) : ' ';
            boolean range = at + 2 < pattern.length() && pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']';
            char to = range ? pattern.charAt(at + 2) : from;
            if (to < from) {
                throw invalid(pattern, at, "range out of order");
            }
            into.set(from, to + 1);
            at += range ? 3 : 1;
        }
        if (at >= pattern.length()) {
            throw invalid(pattern, open, "no closing ']'");
        }
        return at + 1;
    }

    private static BuiltinException invalid(String pattern, int at, String why) {
        return BuiltinException.failed(
                "input:" + pattern + ", pos:" + at + ", " + why + ": the input provided is invalid");
    }
}
