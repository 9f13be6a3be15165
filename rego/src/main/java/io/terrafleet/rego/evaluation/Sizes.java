package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** About how many bytes things take. */
final class Sizes {
    static final long REFERENCE = 8;
    static final long ENTRY = 48;

    private Sizes() {}

    /** A value without what it holds. */
    static long shallow(@Nullable Value value) {
        return switch (value) {
            case StringValue s -> 40 + s.value().length();
            case ArrayValue a -> 32 + REFERENCE * a.size();
            case SetValue s -> 48 + 2 * REFERENCE * s.size();
            case ObjectValue o -> 48 + 3 * REFERENCE * o.size();
            case null, default -> 0;
        };
    }
}
