package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One resource object being built. Instants become ISO 8601 with milliseconds at most and a literal {@code Z}, which the clients
 * demand; an absent value becomes null.
 */
public final class Resource {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final ObjectNode json = NODES.objectNode();
    private final ObjectNode attributes = NODES.objectNode();
    private final ObjectNode relationships = NODES.objectNode();
    private final ObjectNode links = NODES.objectNode();

    private Resource(String type, String id) {
        json.put("id", id);
        json.put("type", type);
    }

    public static Resource of(String type, String id) {
        return new Resource(type, id);
    }

    /** The same for the same resource. */
    public String key() {
        return json.path("type").asText() + "/" + json.path("id").asText();
    }

    public Resource with(String attribute, @Nullable Object value) {
        attributes.set(attribute, node(value));
        return this;
    }

    /** A relationship to one; {@code data: null} when there is none. */
    public Resource toOne(String name, String type, @Nullable String id) {
        ObjectNode relationship = relationships.putObject(name);
        if (id == null) {
            relationship.putNull("data");
        } else {
            relationship.putObject("data").put("id", id).put("type", type);
        }
        return this;
    }

    public Resource toMany(String name, String type, Collection<String> ids) {
        ArrayNode data = relationships.putObject(name).putArray("data");
        ids.forEach(id -> data.addObject().put("id", id).put("type", type));
        return this;
    }

    /** The linkage of a relationship whose links, if any, stay. */
    public Resource linked(String name, List<Resource> targets, boolean many) {
        ObjectNode relationship =
                relationships.has(name) ? (ObjectNode) relationships.get(name) : relationships.putObject(name);
        if (many) {
            ArrayNode data = relationship.putArray("data");
            targets.forEach(target -> data.add(target.linkage()));
        } else if (targets.isEmpty()) {
            relationship.putNull("data");
        } else {
            relationship.set("data", targets.getFirst().linkage());
        }
        return this;
    }

    private ObjectNode linkage() {
        return NODES.objectNode()
                .put("id", json.path("id").textValue())
                .put("type", json.path("type").textValue());
    }

    /** A link inside a relationship, for things that are fetched on their own. */
    public Resource related(String name, String href) {
        ObjectNode relationship =
                relationships.has(name) ? (ObjectNode) relationships.get(name) : relationships.putObject(name);
        relationship.putObject("links").put("related", href);
        return this;
    }

    public Resource link(String name, String href) {
        links.put(name, href);
        return this;
    }

    public ObjectNode toJson() {
        json.set("attributes", attributes);
        if (!relationships.isEmpty()) {
            json.set("relationships", relationships);
        }
        if (!links.isEmpty()) {
            json.set("links", links);
        }
        return json;
    }

    private static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Optional<?> optional -> node(optional.orElse(null));
            case JsonNode node -> node;
            case String text -> NODES.textNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Instant instant ->
                NODES.textNode(instant.truncatedTo(ChronoUnit.MILLIS).toString());
            case Enum<?> word -> throw new IllegalArgumentException("say the word of " + word);
            case Collection<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((key, item) -> object.set(String.valueOf(key), node(item)));
                yield object;
            }
            default -> NODES.textNode(value.toString());
        };
    }
}
