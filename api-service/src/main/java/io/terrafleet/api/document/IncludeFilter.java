package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * {@code include=…} of every document: names of relationships, separated by commas, in words with {@code _} or {@code -}; {@code
 * run.workspace} is what a relationship of the included one links to. What a room has added by itself stays, and names that lead nowhere
 * bring nothing.
 */
@Singleton
public class IncludeFilter implements Inclusion.Source {
    private static final int MOST_NAMES = 20;

    private final Map<String, Linked> rooms = new HashMap<>();
    private final Map<String, Relation> relations = new HashMap<>();

    IncludeFilter(@All List<Linked> rooms, @All List<Relation> relations) {
        rooms.forEach(room -> this.rooms.put(room.type(), room));
        relations.forEach(relation -> this.relations.put(key(relation.type(), relation.name()), relation));
    }

    private static String key(String type, String relationship) {
        return type + "/" + relationship;
    }

    @ServerResponseFilter
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Answer answer && response.getStatus() < 300) {
            String include = request.getUriInfo().getQueryParameters().getFirst("include");
            if (include != null && !include.isBlank()) {
                Inclusion inclusion = new Inclusion(answer.document(), this);
                Arrays.stream(include.split(",", MOST_NAMES + 1))
                        .limit(MOST_NAMES)
                        .map(String::strip)
                        .distinct()
                        .forEach(inclusion::add);
                inclusion.finish();
            }
        }
    }

    @Override
    public Optional<ObjectNode> find(String type, String id) {
        return Optional.ofNullable(rooms.get(type))
                .flatMap(room -> room.find(id))
                .map(Resource::toJson);
    }

    @Override
    public Optional<Relation> relation(String type, String name) {
        return Optional.ofNullable(relations.get(key(type, name)));
    }
}
