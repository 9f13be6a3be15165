package io.terrafleet.api.toolversion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workspace asks for: {@code latest}, an exact version, or constraints such as {@code >= 1.5, < 2.0} and {@code ~> 1.11.0}. A
 * pre-release satisfies only what names it exactly.
 */
final class Requirement {
    private static final Pattern PART = Pattern.compile(
            "\\s*(=|!=|>=|<=|>|<|~>)?\\s*v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(-[0-9A-Za-z.-]{1,40})?\\s*");

    private final List<Part> parts;

    private Requirement(List<Part> parts) {
        this.parts = parts;
    }

    /** @param given how many of the three numbers were written */
    private record Part(String operator, Release release, int given) {
        boolean accepts(Release other) {
            int order = other.compareTo(release);
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                default -> order >= 0 && sameLine(other);
            };
        }

        /** All but the last number that was written stay. */
        private boolean sameLine(Release other) {
            boolean major = other.major() == release.major();
            return given < 3 ? (given == 1 || major) : major && other.minor() == release.minor();
        }
    }

    /** Empty for what nobody here understands; the worker may. */
    static Optional<Requirement> parse(String text) {
        if (text.equals("latest")) {
            return Optional.of(new Requirement(List.of()));
        }
        List<Part> parts = new ArrayList<>();
        for (String piece : text.split(",", -1)) {
            Matcher matcher = PART.matcher(piece);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int given = matcher.group(4) != null ? 3 : matcher.group(3) != null ? 2 : 1;
            Release release = new Release(
                    Integer.parseInt(matcher.group(2)),
                    number(matcher.group(3)),
                    number(matcher.group(4)),
                    Optional.ofNullable(matcher.group(5))
                            .map(pre -> pre.substring(1))
                            .orElse(""));
            parts.add(new Part(Optional.ofNullable(matcher.group(1)).orElse("="), release, given));
        }
        return Optional.of(new Requirement(List.copyOf(parts)));
    }

    /** The one version that it names. */
    Optional<Release> exact() {
        return parts.size() == 1 && parts.getFirst().operator().equals("=")
                ? Optional.of(parts.getFirst().release())
                : Optional.empty();
    }

    boolean accepts(Release release) {
        boolean named = exact().filter(release::equals).isPresent();
        return (release.isFinal() || named) && parts.stream().allMatch(part -> part.accepts(release));
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }
}
