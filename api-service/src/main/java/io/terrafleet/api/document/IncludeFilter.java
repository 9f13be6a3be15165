package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * {@code include=…} of every document: names of relationships, separated by commas, in words with {@code _} or {@code -}; {@code
 * run.workspace} is what a relationship of the included one links to. What a room has added by itself stays. A name that no resource of
 * the document can have is refused, in the words that clients know.
 */
@Singleton
public class IncludeFilter implements Inclusion.Source {
    private static final int MOST_NAMES = 20;

    /** Relationships of what is not part of this platform: clients that know more than it does still ask for them. */
    private static final Set<String> ELSEWHERE = Set.of(
            "current-assessment-result",
            "github-app-oauth-tokens",
            "hyok-encrypted-data-key",
            "no-code-modules",
            "primary-hyok-configuration",
            "scim-identity",
            "stacks",
            "subscription",
            "tf-policy-evaluations");

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
                List<String> names = Arrays.stream(include.split(",", MOST_NAMES + 1))
                        .limit(MOST_NAMES)
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
                if (!names.stream().allMatch(name -> inclusion.knows(name) || isElsewhere(name))) {
                    throw Problem.malformed("Invalid include parameter");
                }
                names.forEach(inclusion::add);
                inclusion.finish();
            }
        }
    }

    private static boolean isElsewhere(String name) {
        return ELSEWHERE.contains(name.split("\\.", 2)[0].replace('_', '-'));
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
