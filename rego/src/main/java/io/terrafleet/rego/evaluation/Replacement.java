package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;

/** What {@code with} puts in a function's place. */
public sealed interface Replacement {
    record Constant(Value value) implements Replacement {}

    record Function(Callable callable) implements Replacement {}
}
