package io.terrafleet.policy.policyset;

import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.rego.CompiledPolicies;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to ask of policies that come without {@code policies.hcl}, as conftest asks them: in every package the rules {@code deny} and
 * {@code violation}, which must be empty, and {@code warn}, which advises; with endings as in {@code deny_public_buckets}
 * (https://www.conftest.dev). A query's name is its path without {@code data}. What a package's rule {@code exception} exempts is {@link
 * io.terrafleet.policy.evaluation.RegoEngine}'s to see.
 */
public final class Conventions {
    private static final Pattern ASKED = Pattern.compile("(deny|violation|warn)(_[A-Za-z0-9_]+)?");

    private Conventions() {}

    /** @param blocking the level of what denies */
    public static List<PolicyRef> policies(CompiledPolicies compiled, Enforcement blocking) {
        return compiled.rules().stream()
                .filter(rule -> ASKED.matcher(last(rule)).matches())
                .map(rule -> new PolicyRef(
                        rule.substring("data.".length()),
                        rule,
                        last(rule).startsWith("warn") ? Enforcement.ADVISORY : blocking,
                        Optional.empty()))
                .toList();
    }

    private static String last(String rule) {
        return rule.substring(rule.lastIndexOf('.') + 1);
    }
}
