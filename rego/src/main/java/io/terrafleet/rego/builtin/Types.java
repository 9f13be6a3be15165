package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.List;

/** Functions that tell types. */
final class Types {
    private Types() {}

    static void register(Builtins.Registry registry) {
        for (String type : List.of("null", "boolean", "number", "string", "array", "object", "set")) {
            registry.add("is_" + type, 1, o -> Value.of(o.at(0).typeName().equals(type)));
            registry.add("cast_" + type, 1, o -> cast(o, type));
        }
        registry.add("cast_array", 1, o -> ArrayValue.of(o.collection(0)));
        registry.add("cast_set", 1, o -> SetValue.of(o.collection(0)));
        registry.add("type_name", 1, o -> Value.of(o.at(0).typeName()));
    }

    private static Value cast(Operands o, String type) {
        if (o.at(0).typeName().equals(type)) {
            return o.at(0);
        }
        throw o.wrong(0, type);
    }
}
