package io.terrafleet.api.notification;

import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller may set on a notification configuration, checked; what is absent takes its default, or stays as it is.
 *
 * @param token signs what is sent to a generic destination; empty text for none; never shown again
 */
public record NotificationSettings(
        Optional<String> name,
        Optional<Destination> destination,
        Optional<Boolean> enabled,
        Optional<String> url,
        Optional<String> token,
        Optional<List<Trigger>> triggers,
        Optional<List<String>> emailAddresses,
        Optional<List<String>> userIds) {
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}<>,;\"]{1,64}@[^@\\s\\p{Cntrl}<>,;\"]{1,190}");
    private static final int MOST_RECIPIENTS = 50;

    public NotificationSettings {
        name.ifPresent(text -> {
            if (text.isBlank()) {
                throw Problem.invalid("name", "Name can't be blank");
            }
            if (text.length() > 200 || text.chars().anyMatch(Character::isISOControl)) {
                throw Problem.invalid("name", "Name may have at most 200 characters and no control character");
            }
        });
        url.filter(text -> !text.isEmpty()).ifPresent(NotificationSettings::uri);
        token.ifPresent(text -> {
            if (text.length() > 4_096) {
                throw Problem.invalid("token", "Token may have at most 4096 characters");
            }
        });
        emailAddresses.ifPresent(addresses -> {
            if (addresses.size() > MOST_RECIPIENTS
                    || !addresses.stream().allMatch(one -> EMAIL.matcher(one).matches())) {
                throw Problem.invalid(
                        "email-addresses", "Email addresses must be at most 50 addresses of the form name@host");
            }
        });
        userIds.ifPresent(ids -> {
            if (ids.size() > MOST_RECIPIENTS) {
                throw Problem.invalidRelationship("users", "Users may be at most 50");
            }
        });
    }

    static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean served = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (served && uri.getHost() != null && uri.getUserInfo() == null && text.length() <= 2_048) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw Problem.invalid("url", "Url is invalid: it must begin with http:// or https://");
        }
        throw Problem.invalid("url", "Url is invalid: it must begin with http:// or https://");
    }
}
