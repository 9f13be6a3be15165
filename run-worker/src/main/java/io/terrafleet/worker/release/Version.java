package io.terrafleet.worker.release;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact version, ordered as Semantic Versioning 2.0.0 orders it.
 *
 * @param numbers major, minor and patch
 * @param preRelease for example {@code rc1}; empty for a release
 */
public record Version(List<Integer> numbers, String preRelease) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile(
            "v?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:-([0-9A-Za-z.-]{1,64}))?(?:\\+[0-9A-Za-z.-]{1,64})?");
    private static final Comparator<Version> ORDER = Comparator.comparingInt((Version version) -> version.number(0))
            .thenComparingInt(version -> version.number(1))
            .thenComparingInt(version -> version.number(2))
            .thenComparing(Version::preRelease, Version::comparePreReleases);

    /** Missing numbers count as zero. */
    public static Optional<Version> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>(3);
        for (int group = 1; group <= 3; group++) {
            String number = form.group(group);
            numbers.add(number == null ? 0 : Integer.parseInt(number));
        }
        String preRelease = form.group(4);
        return Optional.of(new Version(List.copyOf(numbers), preRelease == null ? "" : preRelease));
    }

    int number(int index) {
        return numbers.get(index);
    }

    public boolean isRelease() {
        return preRelease.isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    private static int comparePreReleases(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        String[] ones = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            int order = comparePart(ones[i], others[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ones.length, others.length);
    }

    private static int comparePart(String one, String other) {
        boolean number = one.matches("\\d+");
        boolean otherNumber = other.matches("\\d+");
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
    }

    @Override
    public String toString() {
        String text = number(0) + "." + number(1) + "." + number(2);
        return preRelease.isEmpty() ? text : text + "-" + preRelease;
    }
}
