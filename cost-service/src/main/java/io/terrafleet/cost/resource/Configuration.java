package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.plan.PlanDocument;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that a plan was made from, by address without indexes. */
final class Configuration {
    private static final JsonNode NOTHING = MissingNode.getInstance();
    private static final int DEEPEST = 50;

    private final JsonNode providers;
    private final JsonNode rootVariables;
    private final Map<String, JsonNode> resources = new HashMap<>();
    private final Map<String, JsonNode> modules = new HashMap<>();
    private final Map<String, JsonNode> calls = new HashMap<>();

    Configuration(PlanDocument plan) {
        this.providers = plan.configuration().path("provider_config");
        this.rootVariables = plan.root().path("variables");
        index("", plan.configuration().path("root_module"), 0);
    }

    private void index(String path, JsonNode module, int depth) {
        modules.put(path, module);
        for (JsonNode resource : module.path("resources")) {
            if (resource.path("mode").asText("managed").equals("managed")) {
                String address = resource.path("type").asText() + "."
                        + resource.path("name").asText();
                resources.put(Addresses.join(path, address), resource);
            }
        }
        if (depth < DEEPEST) {
            module.path("module_calls").properties().forEach(call -> {
                String child = Addresses.join(path, "module." + call.getKey());
                calls.put(child, call.getValue());
                index(child, call.getValue().path("module"), depth + 1);
            });
        }
    }

    /** The resource block at this address, or a missing node. */
    JsonNode resource(String address) {
        return resources.getOrDefault(address, NOTHING);
    }

    /** The expression behind a module's output, or a missing node. */
    JsonNode output(String module, String name) {
        return module(module).path("outputs").path(name).path("expression");
    }

    /** The expression that a module's caller gives to a variable, or a missing node. */
    JsonNode argument(String module, String variable) {
        return calls.getOrDefault(module, NOTHING).path("expressions").path(variable);
    }

    /** The default of a module's variable, or a missing node. */
    JsonNode variableDefault(String module, String variable) {
        return module(module).path("variables").path(variable).path("default");
    }

    /** The value that the run gave to a variable of the root module, or a missing node. */
    JsonNode rootVariable(String name) {
        return rootVariables.path(name).path("value");
    }

    /** The block of a provider by its key in the plan, for example {@code aws} or {@code aws.west}; a missing node if there is none. */
    JsonNode provider(@Nullable String key) {
        return key == null ? NOTHING : providers.path(key);
    }

    private JsonNode module(String path) {
        return modules.getOrDefault(path, NOTHING);
    }
}
