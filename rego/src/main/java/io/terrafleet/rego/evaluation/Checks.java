package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;

/** The steps that hold at most once. */
public final class Checks {
    private Checks() {}

    /** Holds when the expression is defined and not false. */
    public record Holds(Expr expression) implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            Value value = expression.eval(machine, frame);
            return value != null && !value.equals(BoolValue.FALSE);
        }
    }

    /** Holds when the expression is defined, whatever it is. */
    public record Defined(Expr expression) implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            return expression.eval(machine, frame) != null;
        }
    }

    /** Binds or compares. */
    public record Match(Expr expression, Pattern pattern) implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            Value value = expression.eval(machine, frame);
            return value != null && pattern.match(machine, frame, value);
        }
    }

    /** Never holds. */
    public record Never() implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            return false;
        }
    }

    /** Holds when the body has no solution. */
    public record Not(Sequence body) implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            return !body.any(machine, frame);
        }
    }

    /** Holds when the body has a solution for each entry of the domain. */
    public record Every(Expr domain, Pattern key, Pattern value, Sequence body) implements Step.Check {
        @Override
        public boolean holds(Machine machine, Value[] frame) {
            return switch (domain.eval(machine, frame)) {
                case ArrayValue array -> items(machine, frame, array);
                case ObjectValue object -> entries(machine, frame, object);
                case SetValue set -> members(machine, frame, set);
                case null, default -> false;
            };
        }

        private boolean items(Machine machine, Value[] frame, ArrayValue array) {
            for (int i = 0; i < array.size(); i++) {
                if (!one(machine, frame, NumberValue.of(i), array.at(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean entries(Machine machine, Value[] frame, ObjectValue object) {
            for (int i = 0; i < object.size(); i++) {
                if (!one(machine, frame, object.keyAt(i), object.valueAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean members(Machine machine, Value[] frame, SetValue set) {
            for (int i = 0; i < set.size(); i++) {
                if (!one(machine, frame, set.at(i), set.at(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean one(Machine machine, Value[] frame, Value entryKey, Value entryValue) {
            return key.match(machine, frame, entryKey)
                    && value.match(machine, frame, entryValue)
                    && body.any(machine, frame);
        }
    }
}
