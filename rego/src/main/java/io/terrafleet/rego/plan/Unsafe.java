package io.terrafleet.rego.plan;

import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;

/** Refuses bodies with variables that nothing binds. */
final class Unsafe {
    private Unsafe() {}

    static void check(Block block) {
        if (!block.isComplete()) {
            throw new RegoException(block.missing().values().stream()
                    .map(use -> new RegoError(
                            "rego_unsafe_var_error", "var " + use.variable().name() + " is unsafe", use.at()))
                    .toList());
        }
    }
}
