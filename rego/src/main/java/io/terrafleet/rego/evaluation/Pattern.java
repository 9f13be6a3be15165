package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.List;

/** The side of a unification that binds variables. */
public sealed interface Pattern {
    boolean match(Machine machine, Value[] frame, Value value);

    /** Matches everything. */
    record Any() implements Pattern {
        @Override
        public boolean match(Machine machine, Value[] frame, Value value) {
            return true;
        }
    }

    /** Binds a variable. */
    record Bind(int slot) implements Pattern {
        @Override
        public boolean match(Machine machine, Value[] frame, Value value) {
            frame[slot] = value;
            return true;
        }
    }

    /** Matches what the expression is. */
    record Equal(Expr expected) implements Pattern {
        @Override
        public boolean match(Machine machine, Value[] frame, Value value) {
            Value wanted = expected.eval(machine, frame);
            return value.equals(wanted);
        }
    }

    /** Matches an array item by item. */
    record Items(List<Pattern> items) implements Pattern {
        @Override
        public boolean match(Machine machine, Value[] frame, Value value) {
            if (!(value instanceof ArrayValue array) || array.size() != items.size()) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                if (!items.get(i).match(machine, frame, array.at(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Matches an object that has exactly these keys. */
    record Entries(List<Expr> keys, List<Pattern> values) implements Pattern {
        @Override
        public boolean match(Machine machine, Value[] frame, Value value) {
            if (!(value instanceof ObjectValue object) || object.size() != keys.size()) {
                return false;
            }
            for (int i = 0; i < keys.size(); i++) {
                Value key = keys.get(i).eval(machine, frame);
                Value found = key == null ? null : object.get(key);
                if (found == null || !values.get(i).match(machine, frame, found)) {
                    return false;
                }
            }
            return true;
        }
    }
}
