package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A built-in function: its name, how many operands it takes, and its code. */
public record BuiltinFunction(String name, int arity, Code code) {
    /** The code of a built-in function; null means undefined. */
    @FunctionalInterface
    public interface Code {
        @Nullable
        Value call(Operands operands);
    }

    /** Throws {@link BuiltinException}. */
    public @Nullable Value call(Value[] arguments, Environment environment) {
        return code.call(new Operands(name, arguments, environment));
    }
}
