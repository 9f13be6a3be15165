package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.builtin.BuiltinFunction;

/** A function: one of the policies' own or a built-in one. */
public sealed interface Callable {
    /** The name under which {@code with} replaces it. */
    String name();

    record Rules(RuleGroup group, String name) implements Callable {}

    record Builtin(BuiltinFunction function) implements Callable {
        @Override
        public String name() {
            return function.name();
        }
    }
}
