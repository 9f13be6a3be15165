package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is added to one document. Each resource is looked for once and stands in it once. */
final class Inclusion {
    /** More are left out: a page of a hundred that link to ten each is whole. */
    private static final int MOST = 1_000;

    /** Where what is linked is found. */
    interface Source {
        Optional<ObjectNode> find(String type, String id);

        Optional<Relation> relation(String type, String name);
    }

    private final ObjectNode document;
    private final Source source;
    private final Map<String, Optional<ObjectNode>> known = new HashMap<>();
    private final List<ObjectNode> added = new ArrayList<>();
    private int looked;

    Inclusion(ObjectNode document, Source source) {
        this.document = document;
        this.source = source;
        document.path("included").forEach(resource -> known.put(key(resource), Optional.of((ObjectNode) resource)));
    }

    private static String key(JsonNode resource) {
        return resource.path("type").asText() + "/" + resource.path("id").asText();
    }

    /** Whether a resource of the document has a relationship of this name, or might; of an empty one nobody can tell. */
    boolean knows(String name) {
        String first = name.split("\\.", 2)[0].replace('_', '-');
        List<ObjectNode> from = each(document.path("data"));
        return from.isEmpty()
                || document.has("included")
                || from.stream()
                        .anyMatch(resource -> resource.path("relationships").has(first)
                                || source.relation(resource.path("type").asText(), first)
                                        .isPresent());
    }

    /** @param name relationships, one behind the other, separated by dots */
    void add(String name) {
        List<ObjectNode> from = each(document.path("data"));
        for (String part : name.split("\\.", 4)) {
            List<ObjectNode> next = new ArrayList<>();
            from.forEach(resource -> next.addAll(linked(resource, part.replace('_', '-'))));
            from = next;
        }
    }

    private List<ObjectNode> linked(ObjectNode resource, String relationship) {
        JsonNode linkage = resource.path("relationships").path(relationship).path("data");
        if (linkage.isMissingNode() && looked < MOST) {
            return source.relation(resource.path("type").asText(), relationship)
                    .map(relation -> found(resource, relation))
                    .orElse(List.of());
        }
        List<ObjectNode> found = new ArrayList<>();
        each(linkage).forEach(link -> find(link).ifPresent(found::add));
        return found;
    }

    /** From now on the document names them. */
    private List<ObjectNode> found(ObjectNode resource, Relation relation) {
        looked++;
        List<ObjectNode> found = relation.of(resource.path("id").asText()).stream()
                .map(Resource::toJson)
                .toList();
        ObjectNode member = resource.withObjectProperty("relationships").withObjectProperty(relation.name());
        if (relation.many()) {
            ArrayNode data = member.putArray("data");
            found.forEach(target -> data.add(linkage(target)));
        } else if (found.isEmpty()) {
            member.putNull("data");
        } else {
            member.set("data", linkage(found.getFirst()));
        }
        found.forEach(target -> {
            if (known.putIfAbsent(key(target), Optional.of(target)) == null) {
                added.add(target);
            }
        });
        return found;
    }

    private ObjectNode linkage(ObjectNode target) {
        return document.objectNode()
                .put("id", target.path("id").asText())
                .put("type", target.path("type").asText());
    }

    private Optional<ObjectNode> find(ObjectNode link) {
        String key = key(link);
        Optional<ObjectNode> before = known.get(key);
        if (before != null || looked >= MOST) {
            return before == null ? Optional.empty() : before;
        }
        looked++;
        Optional<ObjectNode> fresh =
                source.find(link.path("type").asText(), link.path("id").asText());
        known.put(key, fresh);
        fresh.ifPresent(added::add);
        return fresh;
    }

    private static List<ObjectNode> each(JsonNode one) {
        List<ObjectNode> all = new ArrayList<>();
        if (one.isArray()) {
            one.forEach(item -> all.add((ObjectNode) item));
        } else if (one instanceof ObjectNode object) {
            all.add(object);
        }
        return all;
    }

    /** Now the document has it. */
    void finish() {
        if (!added.isEmpty()) {
            ArrayNode included = document.withArrayProperty("included");
            added.forEach(included::add);
        }
    }
}
