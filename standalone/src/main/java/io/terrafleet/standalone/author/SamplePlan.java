package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes plans of any size out of the plan of one stack: networks, machines, databases, buckets, queues of a web application. */
public final class SamplePlan {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST_KEY = key("000");

    private SamplePlan() {}

    /** The JSON of a plan that creates at least so many resources, in instances of one module. */
    static byte[] of(int resources) {
        try (InputStream in = SamplePlan.class.getResourceAsStream("/bench/stack.json")) {
            if (in == null) {
                throw new IllegalStateException("bench/stack.json is missing from the build");
            }
            ObjectNode plan = (ObjectNode) JSON.readTree(in);
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
            return JSON.writeValueAsBytes(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path write(Path file, int resources) {
        try {
            return Files.write(file, of(resources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it stands inside a JSON text. */
    private static String key(String number) {
        return "[\\\"" + number + "\\\"]";
    }

    /** The same in another instance of the module. */
    private static JsonNode renamed(JsonNode node, int copy) throws IOException {
        String number = String.format(Locale.ROOT, "%03d", copy);
        return JSON.readTree(
                JSON.writeValueAsString(node).replace(FIRST_KEY, key(number)).replace("ord-000", "ord-" + number));
    }
}
