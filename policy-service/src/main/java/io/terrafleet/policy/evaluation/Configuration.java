package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code configuration} of a plan: its modules, each with its resources, by their path. */
final class Configuration {
    private static final int DEEPEST = 50;

    private final Map<String, Scope> scopes = new HashMap<>();

    /**
     * One module.
     *
     * @param path names of module calls joined by dots; empty for the root
     * @param depth number of calls above it
     * @param call the module call in the parent; null for the root
     * @param resources by address within the module, {@code aws_instance.web} or {@code data.aws_ami.x}
     */
    record Scope(
            String path,
            int depth,
            @Nullable Scope parent,
            @Nullable ObjectValue call,
            ObjectValue module,
            Map<String, ObjectValue> resources) {

        String child(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }

    Configuration(Value plan) {
        add("", 0, null, null, Tree.object(Tree.at(plan, "configuration"), "root_module"));
    }

    @Nullable
    Scope scope(String path) {
        return scopes.get(path);
    }

    private void add(String path, int depth, @Nullable Scope parent, @Nullable ObjectValue call, ObjectValue module) {
        Map<String, ObjectValue> resources = new HashMap<>();
        for (Value resource : Tree.list(module, "resources")) {
            String address = Tree.text(resource, "address");
            if (address != null && resource instanceof ObjectValue object) {
                resources.put(address, object);
            }
        }
        Scope scope = new Scope(path, depth, parent, call, module, resources);
        scopes.put(path, scope);
        ObjectValue calls = Tree.object(module, "module_calls");
        for (Value name : calls.keys()) {
            if (depth < DEEPEST
                    && name instanceof StringValue word
                    && calls.get(word) instanceof ObjectValue childCall) {
                add(scope.child(word.value()), depth + 1, scope, childCall, Tree.object(childCall, "module"));
            }
        }
    }
}
