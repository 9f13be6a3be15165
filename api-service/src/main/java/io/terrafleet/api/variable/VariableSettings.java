package io.terrafleet.api.variable;

import io.terrafleet.api.problem.Problem;
import java.util.Optional;

/** What a caller may set on a variable; what is absent takes its default, or stays as it is. */
public record VariableSettings(
        Optional<String> key,
        Optional<String> value,
        Optional<String> category,
        Optional<Boolean> sensitive,
        Optional<Boolean> hcl,
        Optional<String> description) {
    static final int LONGEST_VALUE = 262_144;
    private static final int LONGEST_DESCRIPTION = 512;

    public VariableSettings {
        value.ifPresent(text -> {
            if (text.length() > LONGEST_VALUE || text.indexOf('\0') >= 0) {
                throw Problem.invalid("value", "Value may have at most 262144 characters and no NUL character");
            }
        });
        category.ifPresent(word -> {
            if (!word.equals("terraform") && !word.equals("env")) {
                throw Problem.invalid("category", "Category must be \"terraform\" or \"env\"");
            }
        });
        description.ifPresent(text -> {
            if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
                throw Problem.invalid(
                        "description", "Description may have at most 512 characters and no NUL character");
            }
        });
    }

    @Override
    public String toString() {
        return "VariableSettings[" + key + "]";
    }
}
