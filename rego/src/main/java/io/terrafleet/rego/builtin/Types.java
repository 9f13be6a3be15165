package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import java.util.List;

/** Functions that tell types. */
final class Types {
    private Types() {}

    static void register(Builtins.Registry registry) {
        for (String type : List.of("null", "boolean", "number", "string", "array", "object", "set")) {
            registry.add("is_" + type, 1, o -> Value.of(o.at(0).typeName().equals(type)));
        }
        registry.add("type_name", 1, o -> Value.of(o.at(0).typeName()));
    }
}
