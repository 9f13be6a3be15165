package io.terrafleet.api.stage;

import io.terrafleet.api.secret.AddressKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access token of a task's payload: names its result and carries a secret, {@code taskrs-….SECRET}. */
record TaskToken(String resultId, AddressKey key) {
    private static final Pattern FORM =
            Pattern.compile("(?i:bearer) +(taskrs-[0-9A-Za-z]{16})\\.([0-9A-Za-z]{16,64}) *");

    static Optional<TaskToken> of(@Nullable String authorization) {
        if (authorization == null || authorization.length() > 200) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(authorization);
        return matcher.matches()
                ? Optional.of(new TaskToken(matcher.group(1), new AddressKey(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return resultId + "." + key.secret();
    }
}
