package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A type with everything that extensions add to it. Fields are an input object's inputs, too. */
record GraphqlType(
        String name,
        String kind,
        List<String> interfaces,
        Map<String, ObjectValue> fields,
        List<String> members,
        Set<String> enumValues,
        List<Value> directives,
        boolean builtIn) {
    boolean isInput() {
        return kind.equals("SCALAR") || kind.equals("ENUM") || kind.equals("INPUT_OBJECT");
    }

    boolean isLeaf() {
        return kind.equals("SCALAR") || kind.equals("ENUM");
    }

    boolean isComposite() {
        return kind.equals("OBJECT") || kind.equals("INTERFACE") || kind.equals("UNION");
    }
}
