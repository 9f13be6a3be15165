package io.terrafleet.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Bodies for an operation: one as its schema wants it, and many that are wrong in one way each. */
final class Bodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 7;

    private final Operation operation;
    private final Random random;
    private final Function<String, String> ids;

    /** @param ids of the target for a resource type */
    Bodies(Operation operation, Random random, Function<String, String> ids) {
        this.operation = operation;
        this.random = random;
        this.ids = ids;
    }

    /** @param rounds how many bodies that are wrong inside */
    List<String> all(int rounds) {
        if (operation.method().equals("GET")) {
            return List.of("");
        }
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "{}",
                "[]",
                "null",
                "{\"data\":null}",
                "{\"data\":[null,1,{}]}",
                "{\"data\":{\"attributes\":[],\"relationships\":\"x\"}}",
                "{\"data\":",
                "[".repeat(3_000),
                "\"\\u0000\""));
        operation.schema().ifPresent(schema -> {
            JsonNode whole = sample(schema, "", 0);
            bodies.add(whole.toString());
            for (int round = 0; round < rounds; round++) {
                bodies.add(spoiled(whole.deepCopy()).toString());
            }
        });
        return bodies;
    }

    private JsonNode sample(JsonNode reference, String name, int depth) {
        JsonNode schema = operation.resolved(reference);
        if (depth > DEEPEST) {
            return NODES.nullNode();
        }
        if (schema.has("enum")) {
            JsonNode choices = schema.get("enum");
            return choices.get(random.nextInt(choices.size()));
        }
        for (String several : List.of("allOf", "oneOf", "anyOf")) {
            if (schema.has(several)) {
                return several.equals("allOf")
                        ? merged(schema, depth)
                        : sample(schema.get(several).get(0), name, depth);
            }
        }
        return switch (schema.path("type").asText(schema.has("properties") ? "object" : "string")) {
            case "object" -> object(schema, depth);
            case "array" -> NODES.arrayNode().add(sample(schema.path("items"), name, depth + 1));
            case "integer" -> NODES.numberNode(random.nextInt(100));
            case "number" -> NODES.numberNode(random.nextDouble());
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.textNode(name.equals("id") ? "id" : name + random.nextInt(1_000_000));
        };
    }

    private JsonNode merged(JsonNode schema, int depth) {
        ObjectNode all = NODES.objectNode();
        schema.get("allOf").forEach(part -> {
            if (sample(part, "", depth + 1) instanceof ObjectNode object) {
                all.setAll(object);
            }
        });
        return all;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(entry -> object.set(entry.getKey(), sample(entry.getValue(), entry.getKey(), depth + 1)));
        if (object.has("id") && object.path("type").isTextual()) {
            object.put("id", ids.apply(object.path("type").textValue()));
        }
        return object;
    }

    /** Somewhere inside, one value becomes what it should not be, goes, or gets a neighbour. */
    private JsonNode spoiled(JsonNode whole) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(whole, objects);
        if (objects.isEmpty()) {
            return wrong();
        }
        ObjectNode victim = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        victim.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(6) == 0) {
            victim.set("unheard-of-" + random.nextInt(100), wrong());
        } else if (random.nextInt(5) == 0) {
            victim.remove(names.get(random.nextInt(names.size())));
        } else {
            victim.set(names.get(random.nextInt(names.size())), wrong());
        }
        return whole;
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    private JsonNode wrong() {
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(new java.math.BigDecimal("1e400"));
            case 3 -> NODES.numberNode(Long.MAX_VALUE);
            case 4 -> NODES.booleanNode(true);
            case 5 -> NODES.arrayNode();
            case 6 -> NODES.objectNode();
            case 7 -> NODES.textNode("");
            case 8 -> NODES.textNode("x".repeat(100_000));
            case 9 -> NODES.textNode("a\0b");
            case 10 -> NODES.textNode("\ud800");
            case 11 -> NODES.textNode("'; drop table run; --");
            case 12 -> NODES.textNode("\u202e%_!\\../..\u0007");
            case 13 -> many();
            case 14 -> NODES.textNode("9999-99-99T99:99:99Z");
            default -> NODES.textNode("-1");
        };
    }

    private static ArrayNode many() {
        ArrayNode many = NODES.arrayNode();
        for (int i = 0; i < 2_000; i++) {
            many.add(i % 3 == 0 ? NODES.objectNode() : NODES.numberNode(i));
        }
        return many;
    }
}
