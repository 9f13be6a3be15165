package io.terrafleet.api.organization;

import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller may set on an organization; what is absent takes its default, or stays as it is. */
public record OrganizationSettings(
        Optional<String> name,
        Optional<String> email,
        Optional<String> defaultExecutionMode,
        Optional<Boolean> allowForceDeleteWorkspaces,
        OrganizationTraitSettings traits) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,40}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,190}");

    public OrganizationSettings {
        name.ifPresent(text -> {
            if (!NAME.matcher(text).matches()) {
                throw Problem.invalid(
                        "name", "Name must be 3 to 40 characters and can only include letters, numbers, -, and _");
            }
        });
        email.ifPresent(text -> {
            if (!EMAIL.matcher(text).matches()) {
                throw Problem.invalid("email", "Email must be an address of the form name@host");
            }
        });
        defaultExecutionMode.ifPresent(mode -> {
            if (!mode.equals("remote") && !mode.equals("local") && !mode.equals("agent")) {
                throw Problem.invalid(
                        "default-execution-mode", "Default execution mode must be \"remote\", \"local\" or \"agent\"");
            }
        });
    }

    public static OrganizationSettings of(String name, String email) {
        return new OrganizationSettings(
                Optional.of(name),
                Optional.of(email),
                Optional.empty(),
                Optional.empty(),
                OrganizationTraitSettings.NONE);
    }
}
