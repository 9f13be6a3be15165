package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Something with at most one value under given bindings. */
@FunctionalInterface
public interface Expr {
    /** Null when undefined. */
    @Nullable
    Value eval(Machine machine, Value[] frame);

    /** The value, when it is known without evaluating. */
    default @Nullable Value constant() {
        return null;
    }

    /** A constant. */
    record Constant(Value value) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            return value;
        }

        @Override
        public Value constant() {
            return value;
        }
    }

    /** A bound variable. */
    record Slot(int slot) implements Expr {
        @Override
        public Value eval(Machine machine, Value[] frame) {
            return frame[slot];
        }
    }
}
