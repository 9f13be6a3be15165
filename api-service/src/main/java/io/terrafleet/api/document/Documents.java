package io.terrafleet.api.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.terrafleet.api.problem.ProblemMappers;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers in JSON:API form. */
public final class Documents {
    private Documents() {}

    public static Response ok(Resource resource) {
        return answer(200, one(resource, List.of()));
    }

    public static Response ok(Resource resource, Collection<Resource> included) {
        return answer(200, one(resource, included));
    }

    public static Response created(Resource resource) {
        return answer(201, one(resource, List.of()));
    }

    /** A whole list, not paginated. */
    public static Response list(Collection<Resource> resources) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode data = document.putArray("data");
        resources.forEach(resource -> data.add(resource.toJson()));
        return answer(200, document);
    }

    /** @param total of all pages */
    public static Response page(
            Collection<Resource> resources, Collection<Resource> included, Page page, long total, UriInfo uri) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode data = document.putArray("data");
        resources.forEach(resource -> data.add(resource.toJson()));
        include(document, included);
        int pages = (int) Math.max(1, (total + page.size() - 1) / page.size());
        @Nullable Integer previous = page.number() > 1 ? Math.min(page.number() - 1, pages) : null;
        @Nullable Integer next = page.number() < pages ? page.number() + 1 : null;
        ObjectNode links = document.putObject("links");
        links.put("self", href(uri, page.number()));
        links.put("first", href(uri, 1));
        links.put("prev", previous == null ? null : href(uri, previous));
        links.put("next", next == null ? null : href(uri, next));
        links.put("last", href(uri, pages));
        document.putObject("meta")
                .putObject("pagination")
                .put("current-page", page.number())
                .put("page-size", page.size())
                .put("prev-page", previous)
                .put("next-page", next)
                .put("total-pages", pages)
                .put("total-count", total);
        return answer(200, document);
    }

    /**
     * A page of a list that nobody counts because it is too long: clients get from page to page.
     *
     * @param more whether another page follows
     */
    public static Response uncounted(
            Collection<Resource> resources, Collection<Resource> included, Page page, boolean more, UriInfo uri) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode data = document.putArray("data");
        resources.forEach(resource -> data.add(resource.toJson()));
        include(document, included);
        @Nullable Integer previous = page.number() > 1 ? page.number() - 1 : null;
        @Nullable Integer next = more ? page.number() + 1 : null;
        ObjectNode links = document.putObject("links");
        links.put("self", href(uri, page.number()));
        links.put("first", href(uri, 1));
        links.put("prev", previous == null ? null : href(uri, previous));
        links.put("next", next == null ? null : href(uri, next));
        document.putObject("meta")
                .putObject("pagination")
                .put("current-page", page.number())
                .put("page-size", page.size())
                .put("prev-page", previous)
                .put("next-page", next);
        return answer(200, document);
    }

    public static Response page(Collection<Resource> resources, Page page, long total, UriInfo uri) {
        return page(resources, List.of(), page, total, uri);
    }

    /** One page of what is already there as a whole. */
    public static Response slice(List<Resource> all, UriInfo uri) {
        Page page = Page.of(uri);
        return page(all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size(), uri);
    }

    private static ObjectNode one(Resource resource, Collection<Resource> included) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("data", resource.toJson());
        include(document, included);
        return document;
    }

    private static void include(ObjectNode document, Collection<Resource> included) {
        if (!included.isEmpty()) {
            ArrayNode array = document.putArray("included");
            included.forEach(resource -> array.add(resource.toJson()));
        }
    }

    private static Response answer(int status, ObjectNode document) {
        return Response.status(status)
                .type(ProblemMappers.JSON_API)
                .entity(new Answer(document))
                .build();
    }

    /** Of the same list, where clients reach it: a proxy may stand between, and nobody's header says so unproven. */
    private static String href(UriInfo uri, int number) {
        URI request = uri.getRequestUri();
        String others = Arrays.stream(
                        Objects.requireNonNullElse(request.getRawQuery(), "").split("&"))
                .filter(part ->
                        !part.isEmpty() && !part.startsWith("page%5Bnumber%5D=") && !part.startsWith("page[number]="))
                .map(part -> part + "&")
                .collect(Collectors.joining());
        return Arc.container().instance(PublicUrl.class).get().of(request.getRawPath()) + "?" + others
                + "page%5Bnumber%5D=" + number;
    }
}
