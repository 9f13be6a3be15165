package io.terrafleet.policy.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in the tree of module instances something is; empty for the root module.
 *
 * @param steps outermost first
 */
record ModulePath(List<Step> steps) {
    static final ModulePath ROOT = new ModulePath(List.of());

    /** @param key what stands between the brackets, quotes included; empty for a module without instances */
    record Step(String name, String key) {}

    /** Reads a module address, for example {@code module.network.module.zone["eu-west-1a"]}. */
    static ModulePath of(String address) {
        List<Step> steps = new ArrayList<>();
        List<Reference.Part> parts = Reference.of(address).parts();
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            Reference.Part part = parts.get(i + 1);
            steps.add(new Step(part.name(), part.key()));
        }
        return new ModulePath(List.copyOf(steps));
    }

    /** The path in the configuration, which knows modules but not their instances: {@code network.zone}. */
    String inConfiguration() {
        return String.join(".", steps.stream().map(Step::name).toList());
    }

    /** The outermost steps. */
    List<Step> upTo(int depth) {
        return depth >= steps.size() ? steps : steps.subList(0, depth);
    }
}
