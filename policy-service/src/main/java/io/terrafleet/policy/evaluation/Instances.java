package io.terrafleet.policy.evaluation;

import io.terrafleet.policy.evaluation.References.Target;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instances of all resources in a plan, by their place in the configuration. */
final class Instances {
    private final Map<String, List<Instance>> byConfiguration = new HashMap<>();

    /**
     * One instance of a resource or data source.
     *
     * @param key its index as a reference would write it, quotes included; empty without {@code count} and {@code for_each}
     * @param unknown the marks of values that are known only after apply; null when everything is known
     */
    record Instance(String address, ModulePath module, String key, @Nullable Value unknown) {}

    void add(Value resource, ModulePath module, @Nullable Value unknown) {
        String name = Tree.text(resource, "type", "") + "." + Tree.text(resource, "name", "");
        boolean data = Tree.text(resource, "mode", "managed").equals("data");
        Value index = Tree.at(resource, "index");
        byConfiguration
                .computeIfAbsent(
                        place(module.inConfiguration(), data ? "data." + name : name), ignored -> new ArrayList<>())
                .add(new Instance(
                        Tree.text(resource, "address", ""), module, index == null ? "" : index.toString(), unknown));
    }

    List<Instance> of(String scope, String resource) {
        return byConfiguration.getOrDefault(place(scope, resource), List.of());
    }

    /** The instances that a reference can mean, seen from an instance of the referring resource. */
    List<Instance> meant(Target target, ModulePath fromModule, String fromKey) {
        List<Instance> reachable = of(target.scope(), target.resource()).stream()
                .filter(instance -> agree(instance.module(), fromModule, target.anchor()))
                .filter(instance -> target.key().isEmpty() || instance.key().equals(target.key()))
                .filter(instance -> target.moduleKeys().entrySet().stream()
                        .allMatch(named ->
                                keyAt(instance.module(), named.getKey()).equals(named.getValue())))
                .toList();
        String chooser = chooser(target.each(), fromModule, fromKey);
        List<Instance> chosen = chooser.isEmpty()
                ? List.of()
                : reachable.stream()
                        .filter(instance -> chosen(instance, chooser, target.anchor()))
                        .toList();
        return chosen.isEmpty() ? reachable : chosen;
    }

    private static boolean agree(ModulePath a, ModulePath b, int depth) {
        for (int i = 0; i < Math.min(depth, Math.min(a.steps().size(), b.steps().size())); i++) {
            if (!a.steps().get(i).equals(b.steps().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The key chooses among the instances of the resource, or of a module on the way down to it. */
    private static boolean chosen(Instance instance, String chooser, int anchor) {
        return instance.key().equals(chooser)
                || instance.module().steps().stream().skip(anchor).anyMatch(step -> step.key()
                        .equals(chooser));
    }

    private static String keyAt(ModulePath module, int depth) {
        return depth < module.steps().size() ? module.steps().get(depth).key() : "";
    }

    private static String chooser(int each, ModulePath fromModule, String fromKey) {
        if (each == References.OWN_KEY) {
            return fromKey;
        }
        return each < 0 ? "" : keyAt(fromModule, each);
    }

    private static String place(String scope, String resource) {
        return scope + "|" + resource;
    }
}
