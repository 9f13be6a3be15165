package io.terrafleet.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Documents to measure with. */
public final class Plans {
    private Plans() {}

    /** The JSON of a plan that creates at least so many resources: one web application over and over, each in a module of its own. */
    public static byte[] of(int resources) {
        try {
            ObjectNode plan = (ObjectNode) Json.mapper().readTree(resource("/bench/stack.json"));
            ArrayNode changes = (ArrayNode) plan.get("resource_changes");
            ArrayNode modules = (ArrayNode) plan.at("/planned_values/root_module/child_modules");
            List<JsonNode> stack = new ArrayList<>();
            changes.forEach(stack::add);
            JsonNode module = modules.get(0);
            for (int copy = 1; changes.size() < resources; copy++) {
                for (JsonNode change : stack) {
                    changes.add(renamed(change, copy));
                }
                modules.add(renamed(module, copy));
            }
            return Json.write(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path on the class path, from its root */
    public static byte[] resource(String path) {
        try (InputStream in = Plans.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode renamed(JsonNode node, int copy) throws IOException {
        String number = String.format(Locale.ROOT, "%03d", copy);
        String text = new String(Json.write(node), StandardCharsets.UTF_8);
        return Json.mapper()
                .readTree(text.replace("[\\\"000\\\"]", "[\\\"" + number + "\\\"]")
                        .replace("ord-000", "ord-" + number));
    }
}
