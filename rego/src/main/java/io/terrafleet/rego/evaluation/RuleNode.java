package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place in the tree of packages and rules; a leaf that has rules has a group. */
public final class RuleNode {
    private final List<String> path;
    private final Map<String, RuleNode> children = new TreeMap<>();
    private @Nullable RuleGroup group;

    public RuleNode(List<String> path) {
        this.path = List.copyOf(path);
    }

    public List<String> path() {
        return path;
    }

    public Map<String, RuleNode> children() {
        return children;
    }

    public @Nullable RuleNode child(String name) {
        return children.get(name);
    }

    @Nullable
    RuleNode child(Value key) {
        return key instanceof StringValue s ? children.get(s.value()) : null;
    }

    public @Nullable RuleGroup group() {
        return group;
    }

    public void setGroup(RuleGroup rules) {
        this.group = rules;
    }

    /** Everything below: rules merged over the base document. */
    @Nullable
    Value extent(Machine machine, @Nullable Value base) {
        if (machine.scope().shadows(path)) {
            return base;
        }
        if (group != null) {
            return group.isFunction() ? null : machine.rule(group);
        }
        Map<Value, Value> merged = new HashMap<>();
        if (base instanceof ObjectValue object) {
            for (int i = 0; i < object.size(); i++) {
                merged.put(object.keyAt(i), object.valueAt(i));
            }
        }
        children.forEach((name, child) -> {
            StringValue key = new StringValue(name);
            Value below = child.extent(machine, base == null ? null : base.get(key));
            if (below != null) {
                merged.put(key, below);
            }
        });
        return ObjectValue.of(merged);
    }
}
