package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents as rules see them, with what was worked out from them so far. Each {@code with} opens a new one. */
final class Scope {
    private final @Nullable Value input;
    private final Value data;
    private final Shadow shadow;
    private final Map<String, Replacement> replacements;
    private final Value[] rules;
    private final Map<CallKey, Value> calls = new HashMap<>();
    private @Nullable Scope unmocked;

    Scope(@Nullable Value input, Value data, Shadow shadow, Map<String, Replacement> replacements, int groups) {
        this.input = input;
        this.data = data;
        this.shadow = shadow;
        this.replacements = replacements;
        this.rules = new Value[groups];
    }

    /** A function with its arguments. */
    record CallKey(Object function, List<Value> arguments) {}

    @Nullable
    Value input() {
        return input;
    }

    Value data() {
        return data;
    }

    @Nullable
    Value base(List<String> path) {
        Value value = data;
        for (int i = 0; i < path.size() && value != null; i++) {
            value = value.get(new StringValue(path.get(i)));
        }
        return value;
    }

    boolean shadows(List<String> path) {
        return !shadow.replaced().isEmpty() && shadow.covers(path);
    }

    @Nullable
    Replacement replacement(String function) {
        return replacements.isEmpty() ? null : replacements.get(function);
    }

    boolean replaces() {
        return !replacements.isEmpty();
    }

    Value[] rules() {
        return rules;
    }

    Map<CallKey, Value> calls() {
        return calls;
    }

    Scope withInput(List<String> path, Value value) {
        return new Scope(put(input, path, 0, value), data, shadow, replacements, rules.length);
    }

    Scope withData(List<String> path, Value value) {
        return new Scope(input, put(data, path, 0, value), shadow.and(path), replacements, rules.length);
    }

    Scope withFunction(String name, Replacement replacement) {
        Map<String, Replacement> more = new HashMap<>(replacements);
        more.put(name, replacement);
        return new Scope(input, data, shadow, more, rules.length);
    }

    /** A replacement runs where nothing is replaced, so that it may call what it stands for. */
    Scope unmocked() {
        if (unmocked == null) {
            unmocked = new Scope(input, data, shadow, Map.of(), rules.length);
        }
        return unmocked;
    }

    private static Value put(@Nullable Value into, List<String> path, int depth, Value value) {
        if (depth == path.size()) {
            return value;
        }
        Map<Value, Value> entries = new HashMap<>();
        if (into instanceof ObjectValue object) {
            List<Value> keys = new ArrayList<>(object.keys());
            for (int i = 0; i < keys.size(); i++) {
                entries.put(keys.get(i), object.valueAt(i));
            }
        }
        StringValue key = new StringValue(path.get(depth));
        entries.put(key, put(entries.get(key), path, depth + 1, value));
        return ObjectValue.of(entries);
    }
}
