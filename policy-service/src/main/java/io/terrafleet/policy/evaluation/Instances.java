package io.terrafleet.policy.evaluation;

import io.terrafleet.policy.evaluation.References.Target;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The instances of all resources in a plan, by their place in the configuration. */
final class Instances {
    private final Map<String, List<Instance>> byConfiguration = new HashMap<>();
    private final Map<Place, Map<List<ModulePath.Step>, Neighbours>> neighbours = new HashMap<>();

    /**
     * One instance of a resource or data source.
     *
     * @param key its index as a reference would write it, quotes included; empty without {@code count} and {@code for_each}
     * @param unknown the marks of values that are known only after apply; null when everything is known
     */
    record Instance(String address, ModulePath module, String key, @Nullable Value unknown) {}

    /** Where a reference ends, and from which depth on its instances may differ from those of who refers. */
    private record Place(String scope, String resource, int anchor) {}

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

    /** The instances that a reference can mean, seen from an instance of the referring resource. Takes no longer than telling them. */
    List<Instance> meant(Target target, ModulePath fromModule, String fromKey) {
        Neighbours near = neighbours(target, fromModule.upTo(target.anchor()));
        List<Instance> reachable = target.key().isEmpty() ? near.all : near.byKey.getOrDefault(target.key(), List.of());
        if (!target.moduleKeys().isEmpty()) {
            reachable = reachable.stream()
                    .filter(instance -> target.moduleKeys().entrySet().stream()
                            .allMatch(named ->
                                    keyAt(instance.module(), named.getKey()).equals(named.getValue())))
                    .toList();
        }
        String chooser = chooser(target.each(), fromModule, fromKey);
        if (chooser.isEmpty()) {
            return reachable;
        }
        List<Instance> chosen = near.byChooser.getOrDefault(chooser, List.of());
        boolean whole = target.key().isEmpty() && target.moduleKeys().isEmpty();
        if (!whole) {
            Set<Instance> among = new HashSet<>(reachable);
            chosen = chosen.stream().filter(among::contains).toList();
        }
        return chosen.isEmpty() ? reachable : chosen;
    }

    private Neighbours neighbours(Target target, List<ModulePath.Step> above) {
        return neighbours
                .computeIfAbsent(new Place(target.scope(), target.resource(), target.anchor()), place -> {
                    Map<List<ModulePath.Step>, Neighbours> groups = new HashMap<>();
                    String resource = place(target.scope(), target.resource());
                    for (Instance instance : byConfiguration.getOrDefault(resource, List.of())) {
                        groups.computeIfAbsent(instance.module().upTo(target.anchor()), prefix -> new Neighbours())
                                .add(instance, target.anchor());
                    }
                    return groups;
                })
                .getOrDefault(above, Neighbours.NONE);
    }

    /** The instances of one resource below the same module instance. */
    private static final class Neighbours {
        static final Neighbours NONE = new Neighbours();

        private final List<Instance> all = new ArrayList<>();
        private final Map<String, List<Instance>> byKey = new HashMap<>();

        /** By its key or that of a module on the way down to it. */
        private final Map<String, List<Instance>> byChooser = new HashMap<>();

        void add(Instance instance, int anchor) {
            all.add(instance);
            byKey.computeIfAbsent(instance.key(), key -> new ArrayList<>()).add(instance);
            Set<String> choosers = new LinkedHashSet<>(Set.of(instance.key()));
            instance.module().steps().stream().skip(anchor).forEach(step -> choosers.add(step.key()));
            choosers.forEach(key ->
                    byChooser.computeIfAbsent(key, k -> new ArrayList<>()).add(instance));
        }
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
