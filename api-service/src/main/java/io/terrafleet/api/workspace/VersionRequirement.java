package io.terrafleet.api.workspace;

import io.terrafleet.api.problem.Problem;
import java.util.regex.Pattern;

/** What a workspace may ask for as its version: {@code 1.11.4}, {@code 1.12.0-beta1}, {@code ~> 1.9.0}, {@code >= 1.5, < 2.0}, {@code latest}. */
final class VersionRequirement {
    private static final int LONGEST = 128;
    private static final String VERSION =
            "v?\\d{1,9}(\\.\\d{1,9}){0,2}(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*+)?(\\+[0-9A-Za-z]+([.-][0-9A-Za-z]+)*+)?";
    private static final String PART = "\\s*(=|!=|>=|<=|>|<|~>)?\\s*" + VERSION + "\\s*";
    private static final Pattern REQUIREMENT = Pattern.compile(PART + "(," + PART + ")*+");

    private VersionRequirement() {}

    static void check(String text) {
        if (text.length() > LONGEST
                || (!text.equals("latest") && !REQUIREMENT.matcher(text).matches())) {
            throw Problem.invalid(
                    "terraform-version",
                    "Terraform version must be a version such as \"1.11.4\", a constraint such as \"~> 1.11.0\", or \"latest\"");
        }
    }
}
