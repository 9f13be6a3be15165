package io.terrafleet.api.variable;

import java.time.Instant;
import java.util.Optional;

/**
 * A variable of a workspace or of a variable set, as people may see it.
 *
 * @param id {@code var-} and 16 letters or digits
 * @param category {@code terraform} or {@code env}
 * @param value absent when the variable is sensitive: such a value never comes back
 * @param hcl whether terraform reads the value as an expression rather than as a text
 * @param versionId another one after each change
 */
public record Variable(
        String id,
        VariableOwner owner,
        String category,
        String key,
        Optional<String> value,
        boolean sensitive,
        boolean hcl,
        String description,
        String versionId,
        Instant createdAt) {
    @Override
    public String toString() {
        return "Variable[" + id + ", " + category + " " + key + "]";
    }
}
