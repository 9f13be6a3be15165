package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Enforcement;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller may set on a policy; what is absent takes its default, or stays as it is. */
public record PolicySettings(
        Optional<String> name,
        Optional<String> description,
        Optional<String> query,
        Optional<Enforcement> enforcement) {
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LONGEST_QUERY = 300;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,90}");
    private static final Pattern REFERENCE =
            Pattern.compile("data(\\.[A-Za-z_][A-Za-z0-9_]*|\\[\"[^\"\\\\]{1,200}\"\\]){1,50}");

    public PolicySettings {
        name.ifPresent(PolicySettings::checkName);
        description.ifPresent(PolicySettings::checkDescription);
        query.ifPresent(text -> {
            if (text.length() > LONGEST_QUERY || !REFERENCE.matcher(text).matches()) {
                throw Problem.invalid("query", "Query must be a reference such as \"data.acme.deny\"");
            }
        });
    }

    static void checkName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw Problem.invalid(
                    "name", "Name must have 1 to 90 characters and can only include letters, numbers, -, and _");
        }
    }

    static void checkDescription(String text) {
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw Problem.invalid("description", "Description may have at most 1000 characters and no NUL character");
        }
    }
}
