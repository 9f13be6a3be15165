package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code base[key][key]…} with every key known. */
public record Lookup(Expr base, List<Expr> keys) implements Expr {
    @Override
    public @Nullable Value eval(Machine machine, Value[] frame) {
        Value value = base.eval(machine, frame);
        for (int i = 0; i < keys.size() && value != null; i++) {
            Value key = keys.get(i).eval(machine, frame);
            value = key == null ? null : value.get(key);
        }
        return value;
    }
}
