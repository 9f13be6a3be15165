package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the references of expressions through variables of modules and their outputs to resources and constants. */
final class References {
    private static final int DEEPEST = 20;
    private static final int MOST = 500;
    private static final Set<String> NO_RESOURCE =
            Set.of("data", "local", "each", "count", "path", "terraform", "self", "ephemeral");

    private final Configuration configuration;
    private final PlanSide side;

    References(Configuration configuration, PlanSide side) {
        this.configuration = configuration;
        this.side = side;
    }

    /** The resources that an expression in a module refers to, in its order. */
    List<PlannedResource> resources(JsonNode expression, String module) {
        Map<String, PlannedResource> found = new LinkedHashMap<>();
        follow(expression, module, found, 0);
        return List.copyOf(found.values());
    }

    /** The value of an expression that is a constant or a variable with a known one; otherwise a missing node. */
    JsonNode constant(JsonNode expression, String module) {
        return constant(expression, module, 0);
    }

    private JsonNode constant(JsonNode expression, String module, int depth) {
        if (expression.has("constant_value")) {
            return expression.get("constant_value");
        }
        JsonNode references = expression.path("references");
        if (depth >= DEEPEST || references.size() != 1) {
            return MissingNode.getInstance();
        }
        List<String> steps = Addresses.steps(references.get(0).asText());
        if (steps.size() != 2 || !steps.get(0).equals("var")) {
            return MissingNode.getInstance();
        }
        return variable(steps.get(1), module, depth);
    }

    private JsonNode variable(String name, String module, int depth) {
        String plain = Addresses.withoutIndexes(module);
        if (module.isEmpty()) {
            JsonNode given = configuration.rootVariable(name);
            return given.isMissingNode() ? configuration.variableDefault("", name) : given;
        }
        JsonNode argument = configuration.argument(plain, name);
        return argument.isMissingNode()
                ? configuration.variableDefault(plain, name)
                : constant(argument, caller(module), depth + 1);
    }

    private void follow(JsonNode expression, String module, Map<String, PlannedResource> found, int depth) {
        if (depth >= DEEPEST || found.size() >= MOST) {
            return;
        }
        for (String reference : longest(expression.path("references"))) {
            List<String> steps = Addresses.steps(reference);
            if (steps.size() < 2 || NO_RESOURCE.contains(steps.getFirst())) {
                continue;
            }
            switch (steps.getFirst()) {
                case "var" -> {
                    if (!module.isEmpty()) {
                        String plain = Addresses.withoutIndexes(module);
                        JsonNode argument = configuration.argument(plain, Addresses.name(steps.get(1)));
                        follow(argument, caller(module), found, depth + 1);
                    }
                }
                case "module" -> {
                    if (steps.size() > 2) {
                        String child = Addresses.join(module, "module." + steps.get(1));
                        String output = Addresses.name(steps.get(2));
                        JsonNode value = configuration.output(Addresses.withoutIndexes(child), output);
                        follow(value, child, found, depth + 1);
                    }
                }
                default ->
                    instances(module, steps)
                            .forEach(one -> found.put(one.change().address(), one));
            }
        }
    }

    private List<PlannedResource> instances(String module, List<String> steps) {
        String name = Addresses.name(steps.get(1));
        @Nullable String index = Addresses.index(steps.get(1));
        List<PlannedResource> all = side.instances(module, steps.getFirst(), name);
        if (index == null) {
            return all;
        }
        return all.stream()
                .filter(resource -> resource.change().index().asText().equals(index))
                .toList();
    }

    /** terraform lists {@code a.b.c} and then {@code a.b}: only the first says what is meant. */
    private static List<String> longest(JsonNode references) {
        List<String> kept = new ArrayList<>();
        for (JsonNode node : references) {
            String reference = node.asText();
            boolean said = kept.stream()
                    .anyMatch(other -> other.startsWith(reference)
                            && other.length() > reference.length()
                            && ".[".indexOf(other.charAt(reference.length())) >= 0);
            if (!said && kept.size() < MOST) {
                kept.add(reference);
            }
        }
        return kept;
    }

    private static String caller(String module) {
        int last = Addresses.lastModule(module);
        return last == 0 ? "" : module.substring(0, last - 1);
    }
}
