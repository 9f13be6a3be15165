package io.terrafleet.api.toolversion;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exact version in the order of releases: a pre-release comes before its release. */
record Release(int major, int minor, int patch, String preRelease) implements Comparable<Release> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([0-9A-Za-z][0-9A-Za-z.-]{0,40}))?");
    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
            .thenComparingInt(Release::minor)
            .thenComparingInt(Release::patch)
            .thenComparing(Release::isFinal)
            .thenComparing(Release::preRelease);

    static Optional<Release> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Release(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                Optional.ofNullable(form.group(4)).orElse("")));
    }

    boolean isFinal() {
        return preRelease.isEmpty();
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (isFinal() ? "" : "-" + preRelease);
    }
}
