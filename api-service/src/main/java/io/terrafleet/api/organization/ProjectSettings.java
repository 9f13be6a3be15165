package io.terrafleet.api.organization;

import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller may set on a project; what is absent takes its default, or stays as it is.
 *
 * @param defaultAgentPoolId empty text takes it back
 * @param defaultExecutionMode empty text takes it back: as the organization says
 */
public record ProjectSettings(
        Optional<String> name,
        Optional<String> description,
        Optional<String> defaultExecutionMode,
        Optional<String> defaultAgentPoolId) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9 _-]{1,38}[A-Za-z0-9_-]");
    private static final int LONGEST_DESCRIPTION = 256;

    public ProjectSettings {
        name.ifPresent(text -> {
            if (!NAME.matcher(text).matches()) {
                throw Problem.invalid(
                        "name",
                        "Name may only contain letters, numbers, spaces inside, - and _, and must have 3 to 40 characters");
            }
        });
        defaultExecutionMode.ifPresent(mode -> {
            if (!mode.isEmpty() && !mode.equals("remote") && !mode.equals("local") && !mode.equals("agent")) {
                throw Problem.invalid(
                        "default-execution-mode", "Default execution mode must be \"remote\", \"local\" or \"agent\"");
            }
        });
        description.ifPresent(text -> {
            if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
                throw Problem.invalid(
                        "description", "Description may have at most 256 characters and no NUL character");
            }
        });
    }

    public static ProjectSettings named(String name) {
        return new ProjectSettings(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
