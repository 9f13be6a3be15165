package io.terrafleet.api.variable;

import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a caller may set on a variable set; what is absent takes its default, or stays as it is.
 *
 * @param projectId the owning project; only looked at when the set is made
 * @param workspaceIds exactly these afterwards
 * @param projectIds exactly these afterwards
 */
public record VariableSetSettings(
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> global,
        Optional<Boolean> priority,
        Optional<String> projectId,
        Optional<List<String>> workspaceIds,
        Optional<List<String>> projectIds) {
    private static final int LONGEST_NAME = 90;
    private static final int LONGEST_DESCRIPTION = 1_000;

    public VariableSetSettings {
        name.ifPresent(text -> {
            if (text.isBlank()) {
                throw Problem.invalid("name", "Name can't be blank");
            }
            if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
                throw Problem.invalid("name", "Name may have at most 90 characters and no control character");
            }
        });
        description.ifPresent(text -> {
            if (text.length() > LONGEST_DESCRIPTION) {
                throw Problem.invalid("description", "Description may have at most 1000 characters");
            }
        });
    }
}
