package io.terrafleet.api.variable;

import io.terrafleet.api.problem.Problem;
import java.util.regex.Pattern;

/** What a variable may be called: terraform's identifiers, and names that every shell can set. */
final class VariableKey {
    private static final Pattern TERRAFORM = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,254}");
    private static final Pattern ENV = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    private VariableKey() {}

    static void check(String category, String key) {
        if (category.equals("env")) {
            if (!ENV.matcher(key).matches()) {
                throw Problem.invalid(
                        "key",
                        "Key is invalid: an environment variable has up to 255 letters, numbers and _, and begins with no number");
            }
        } else if (!TERRAFORM.matcher(key).matches()) {
            throw Problem.invalid(
                    "key",
                    "Key is invalid: a terraform variable has up to 255 letters, numbers, _ and -, and begins with a letter or _");
        }
    }
}
