package io.terrafleet.api.module;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as in https://semver.org, without a leading v; versions of a module and of a provider are such. */
public record VersionNumber(String text) implements Comparable<VersionNumber> {
    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(?:-([0-9A-Za-z.-]{1,64}))?(?:\\+[0-9A-Za-z.-]{1,64})?");
    private static final Comparator<VersionNumber> ORDER = Comparator.<VersionNumber, BigInteger>comparing(
                    version -> version.part(1))
            .thenComparing(version -> version.part(2))
            .thenComparing(version -> version.part(3))
            .thenComparing(version -> version.prerelease().isEmpty())
            .thenComparing(version -> version.prerelease().orElse(""), VersionNumber::comparePrereleases);

    public static Optional<VersionNumber> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new VersionNumber(text)) : Optional.empty();
    }

    @Override
    public int compareTo(VersionNumber other) {
        return ORDER.compare(this, other);
    }

    private BigInteger part(int group) {
        return new BigInteger(matched().group(group));
    }

    private Optional<String> prerelease() {
        return Optional.ofNullable(matched().group(4));
    }

    private Matcher matched() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("\"" + text + "\" is not a version");
        }
        return matcher;
    }

    /** Numbers as numbers and before words; a longer list of equal beginnings is later. */
    private static int comparePrereleases(String one, String other) {
        String[] left = one.split("\\.", -1);
        String[] right = other.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = compareIdentifiers(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int compareIdentifiers(String one, String other) {
        boolean leftNumber = one.matches("[0-9]+");
        boolean rightNumber = other.matches("[0-9]+");
        if (leftNumber && rightNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return leftNumber != rightNumber ? (leftNumber ? -1 : 1) : one.compareTo(other);
    }
}
