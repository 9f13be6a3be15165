package io.terrafleet.policy.evaluation;

import io.terrafleet.policy.evaluation.Configuration.Scope;
import io.terrafleet.policy.evaluation.Instances.Instance;
import io.terrafleet.policy.evaluation.References.Found;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan once and lays its resources out the way rules ask for them, as {@code data.terrafleet.index}: by type, by address,
 * and the data sources. Takes time and memory linear in the plan. What a resource holds is told in {@code library/lib/plan.rego}.
 */
public final class PlanIndex {
    private static final int DEEPEST = 100;
    private static final Value ADDRESS = Value.of("address");
    private static final Value TYPE = Value.of("type");
    private static final Value NAME = Value.of("name");
    private static final Value MODULE = Value.of("module");
    private static final Value INDEX = Value.of("index");
    private static final Value ACTION = Value.of("action");
    private static final Value CHANGED = Value.of("changed");
    private static final Value AFTER = Value.of("after");
    private static final Value CONFIG = Value.of("config");
    private static final Value PENDING = Value.of("pending");
    private static final Value LINKS = Value.of("links");

    private final Value plan;
    private final Configuration configuration;
    private final References references;
    private final Instances instances = new Instances();
    private final Map<String, ModulePath> modules = new HashMap<>();
    private final IdentityHashMap<Value, Found> found = new IdentityHashMap<>();
    private final Map<Value, List<Value>> byType = new HashMap<>();
    private final Map<Value, Value> byAddress = new HashMap<>();
    private final Map<Value, Value> data = new HashMap<>();

    private PlanIndex(Value plan) {
        this.plan = plan;
        this.configuration = new Configuration(plan);
        this.references = new References(configuration);
    }

    /** @param plan what {@code terraform show -json} printed */
    public static ObjectValue of(Value plan) {
        return new PlanIndex(plan).build();
    }

    private ObjectValue build() {
        List<Value> changes = Tree.list(plan, "resource_changes");
        List<Value> read = new ArrayList<>();
        gatherData(Tree.object(Tree.object(Tree.at(plan, "prior_state"), "values"), "root_module"), "", read, 0);
        read.forEach(source -> instances.add(source, module(Tree.text(source, "module_address", "")), null));
        for (Value change : changes) {
            instances.add(
                    change,
                    module(Tree.text(change, "module_address", "")),
                    Tree.at(Tree.at(change, "change"), "after_unknown"));
        }
        read.forEach(this::addRead);
        changes.forEach(this::addChange);
        Map<Value, Value> types = new HashMap<>();
        byType.forEach((type, resources) -> types.put(type, ArrayValue.of(resources)));
        return ObjectValue.of(Map.of(
                Value.of("by_type"), ObjectValue.of(types),
                Value.of("by_address"), ObjectValue.of(byAddress),
                Value.of("data"), ObjectValue.of(data)));
    }

    private ModulePath module(String address) {
        return address.isEmpty() ? ModulePath.ROOT : modules.computeIfAbsent(address, ModulePath::of);
    }

    private void gatherData(ObjectValue state, String module, List<Value> into, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (Value resource : Tree.list(state, "resources")) {
            if (Tree.text(resource, "mode", "").equals("data") && resource instanceof ObjectValue source) {
                into.add(module.isEmpty() ? source : with(source, "module_address", Value.of(module)));
            }
        }
        for (Value child : Tree.list(state, "child_modules")) {
            if (child instanceof ObjectValue object) {
                gatherData(object, Tree.text(child, "address", ""), into, depth + 1);
            }
        }
    }

    private static ObjectValue with(ObjectValue object, String name, Value value) {
        Map<Value, Value> members = new HashMap<>();
        for (int i = 0; i < object.size(); i++) {
            members.put(object.keyAt(i), object.valueAt(i));
        }
        members.put(Value.of(name), value);
        return ObjectValue.of(members);
    }

    private void addRead(Value source) {
        Value address = Tree.at(source, "address");
        if (address != null) {
            data.put(address, describe(source, "read", false, Tree.object(source, "values"), null));
        }
    }

    private void addChange(Value entry) {
        Value change = Tree.at(entry, "change");
        Value address = Tree.at(entry, "address");
        Value type = Tree.at(entry, "type");
        String action = action(Tree.list(change, "actions"));
        if (address == null || type == null || Tree.at(entry, "deposed") instanceof StringValue) {
            return;
        }
        boolean managed = Tree.text(entry, "mode", "managed").equals("managed");
        if (managed && (action.equals("delete") || action.equals("forget") || action.equals("read"))) {
            return;
        }
        ObjectValue resource = describe(
                entry, action, !action.equals("no-op"), Tree.object(change, "after"), Tree.at(change, "after_unknown"));
        if (managed) {
            byType.computeIfAbsent(type, ignored -> new ArrayList<>()).add(resource);
            byAddress.put(address, resource);
        } else {
            data.put(address, resource);
        }
    }

    private static String action(List<Value> actions) {
        if (actions.size() == 2) {
            return "replace";
        }
        return actions.size() == 1 && actions.getFirst() instanceof StringValue word ? word.value() : "unknown";
    }

    private ObjectValue describe(
            Value entry, String action, boolean changed, ObjectValue after, @Nullable Value unknown) {
        String moduleAddress = Tree.text(entry, "module_address", "");
        ModulePath module = module(moduleAddress);
        Value index = Tree.at(entry, "index");
        Scope scope = configuration.scope(module.inConfiguration());
        ObjectValue config =
                scope == null ? ObjectValue.EMPTY : scope.resources().getOrDefault(inModule(entry), ObjectValue.EMPTY);
        ObjectValue expressions = Tree.object(config, "expressions");
        Viewpoint from = new Viewpoint(scope, config, module, index == null ? "" : index.toString());
        Map<Value, Value> resource = new HashMap<>();
        resource.put(ADDRESS, Value.of(Tree.text(entry, "address", "")));
        resource.put(TYPE, Value.of(Tree.text(entry, "type", "")));
        resource.put(NAME, Value.of(Tree.text(entry, "name", "")));
        resource.put(MODULE, Value.of(moduleAddress));
        if (index != null) {
            resource.put(INDEX, index);
        }
        resource.put(ACTION, Value.of(action));
        resource.put(CHANGED, Value.of(changed));
        resource.put(AFTER, after);
        resource.put(CONFIG, expressions);
        resource.put(PENDING, new PendingValues(expression -> from.mayBeUnknown(expression)).of(unknown, expressions));
        resource.put(LINKS, from.links(expressions));
        return ObjectValue.of(resource);
    }

    private static String inModule(Value entry) {
        String name = Tree.text(entry, "type", "") + "." + Tree.text(entry, "name", "");
        return Tree.text(entry, "mode", "managed").equals("data") ? "data." + name : name;
    }

    /** From where references are followed: one instance of a resource. */
    private final class Viewpoint {
        private final @Nullable Scope scope;
        private final ObjectValue config;
        private final ModulePath module;
        private final String key;

        Viewpoint(@Nullable Scope scope, ObjectValue config, ModulePath module, String key) {
            this.scope = scope;
            this.config = config;
            this.module = module;
            this.key = key;
        }

        private Found follow(Value expression) {
            Scope inside = scope;
            if (inside == null) {
                return Found.nothing();
            }
            return found.computeIfAbsent(expression, ignored -> references.of(expression, inside, config));
        }

        /** An expression without references is a function call, for example {@code timestamp()}. */
        boolean mayBeUnknown(Value expression) {
            if (expression instanceof ObjectValue object && object.get("constant_value") != null) {
                return false;
            }
            if (expression instanceof ObjectValue object && object.size() == 0) {
                return true;
            }
            Found ends = follow(expression);
            return !ends.untraced().isEmpty()
                    || ends.targets().stream().anyMatch(target -> instances.meant(target, module, key).stream()
                            .anyMatch(instance -> unknown(instance, target.attribute())));
        }

        private static boolean unknown(Instance instance, String attribute) {
            return Tree.marks(attribute.isEmpty() ? instance.unknown() : Tree.at(instance.unknown(), attribute));
        }

        /** attribute → addresses it refers to; what cannot be followed stands there as it is written. */
        ObjectValue links(ObjectValue expressions) {
            Map<Value, Value> links = new HashMap<>();
            for (int i = 0; i < expressions.size(); i++) {
                Found ends = follow(expressions.valueAt(i));
                Set<Value> addresses = new LinkedHashSet<>();
                ends.targets().forEach(target -> instances
                        .meant(target, module, key)
                        .forEach(instance -> addresses.add(Value.of(instance.address()))));
                ends.untraced().forEach(text -> addresses.add(Value.of(text)));
                if (!addresses.isEmpty()) {
                    links.put(expressions.keyAt(i), ArrayValue.of(addresses));
                }
            }
            return ObjectValue.of(links);
        }
    }
}
