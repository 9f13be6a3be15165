package io.terrafleet.api.workspace;

import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller may set of {@link WorkspaceTraits}, checked; what is absent takes its default, or stays as it is.
 *
 * @param autoDestroyAt an ISO 8601 instant; empty text for never
 * @param autoDestroyActivityDuration empty text for never
 * @param vcsRepo where its configuration comes from
 */
public record TraitSettings(
        Optional<Boolean> autoApplyRunTrigger,
        Optional<Boolean> speculativeEnabled,
        Optional<Boolean> fileTriggersEnabled,
        Optional<List<String>> triggerPrefixes,
        Optional<List<String>> triggerPatterns,
        Optional<String> sourceName,
        Optional<String> sourceUrl,
        Optional<Boolean> globalRemoteState,
        Optional<Boolean> projectRemoteState,
        Optional<String> autoDestroyAt,
        Optional<String> autoDestroyActivityDuration,
        Optional<RepoSettings> vcsRepo) {
    /** Nothing is said about any of them. */
    public static final TraitSettings NONE = new TraitSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final Pattern DURATION = Pattern.compile("[1-9][0-9]{0,3}[dh]");
    private static final int LONGEST_SOURCE = 1_024;

    public TraitSettings {
        triggerPrefixes.ifPresent(paths -> checkPaths("trigger-prefixes", "Trigger prefixes", paths));
        triggerPatterns.ifPresent(paths -> checkPaths("trigger-patterns", "Trigger patterns", paths));
        if (triggerPrefixes.filter(list -> !list.isEmpty()).isPresent()
                && triggerPatterns.filter(list -> !list.isEmpty()).isPresent()) {
            throw Problem.invalid(
                    "trigger-patterns", "Trigger patterns cannot be populated when trigger prefixes are populated");
        }
        sourceName.ifPresent(text -> checkSource("source-name", "Source name", text));
        sourceUrl.ifPresent(TraitSettings::checkUrl);
        autoDestroyAt.filter(text -> !text.isEmpty()).ifPresent(TraitSettings::instant);
        autoDestroyActivityDuration.filter(text -> !text.isEmpty()).ifPresent(TraitSettings::checkDuration);
        if (autoDestroyAt.filter(text -> !text.isEmpty()).isPresent()
                && autoDestroyActivityDuration.filter(text -> !text.isEmpty()).isPresent()) {
            throw Problem.invalid(
                    "auto-destroy-at", "Auto destroy at cannot be set together with an auto destroy activity duration");
        }
    }

    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid("auto-destroy-at", "Auto destroy at must be a time of the form 2027-01-31T18:00:00Z");
        }
    }

    /** @param text such as {@code 14d} or {@code 24h}, checked before */
    static Duration duration(String text) {
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return text.endsWith("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
    }

    private static void checkDuration(String text) {
        if (!DURATION.matcher(text).matches()) {
            throw Problem.invalid(
                    "auto-destroy-activity-duration",
                    "Auto destroy activity duration has an incorrect format, we expect up to 4 numeric digits and 1 unit ('d' or 'h')");
        }
    }

    private static void checkPaths(String attribute, String name, List<String> paths) {
        for (String path : paths) {
            if (path.isBlank() || path.length() > 1_024 || path.chars().anyMatch(Character::isISOControl)) {
                throw Problem.invalid(
                        attribute, name + " must each have 1 to 1024 characters and no control character");
            }
        }
    }

    private static void checkSource(String attribute, String name, String text) {
        if (text.length() > LONGEST_SOURCE || text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(attribute, name + " may have at most 1024 characters and no control character");
        }
    }

    /** It becomes a link on our pages, so it must not be a script. */
    private static void checkUrl(String text) {
        checkSource("source-url", "Source url", text);
        if (text.isEmpty()) {
            return;
        }
        try {
            String scheme = new URI(text).getScheme();
            if ("http".equals(scheme) || "https".equals(scheme)) {
                return;
            }
        } catch (URISyntaxException e) {
            throw Problem.invalid("source-url", "Source url must be an address that begins with http:// or https://");
        }
        throw Problem.invalid("source-url", "Source url must be an address that begins with http:// or https://");
    }
}
