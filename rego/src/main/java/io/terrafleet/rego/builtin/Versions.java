package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Semantic versions. */
final class Versions {
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String PART = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern SEMVER = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + PART
            + "(?:\\." + PART + ")*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");

    private Versions() {}

    static void register(Builtins.Registry registry) {
        registry.add(
                "semver.is_valid",
                1,
                o -> Value.of(o.at(0) instanceof StringValue s
                        && SEMVER.matcher(s.value()).matches()));
        registry.add("semver.compare", 2, o -> Value.of(compare(parsed(o, 0), parsed(o, 1))));
    }

    private static Matcher parsed(Operands o, int index) {
        Matcher matcher = SEMVER.matcher(o.string(index));
        if (!matcher.matches()) {
            throw o.failed("operand " + (index + 1) + ": string \"" + o.string(index) + "\" is not a valid SemVer");
        }
        return matcher;
    }

    private static int compare(Matcher a, Matcher b) {
        for (int i = 1; i <= 3; i++) {
            int order = new BigInteger(a.group(i)).compareTo(new BigInteger(b.group(i)));
            if (order != 0) {
                return order;
            }
        }
        String left = a.group(4);
        String right = b.group(4);
        if (left == null || right == null) {
            return left != null ? -1 : right != null ? 1 : 0;
        }
        return prerelease(left.split("\\."), right.split("\\."));
    }

    private static int prerelease(String[] a, String[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean x = a[i].chars().allMatch(Character::isDigit);
            boolean y = b[i].chars().allMatch(Character::isDigit);
            int order = x && y
                    ? new BigInteger(a[i]).compareTo(new BigInteger(b[i]))
                    : x ? -1 : y ? 1 : Integer.signum(a[i].compareTo(b[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }
}
