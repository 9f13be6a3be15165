package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Webhooks as most hosts have them: one resource in a list of a repository's, as JSON. What differs is said by who makes one. */
final class JsonHooks implements HostHooks {
    private final Shape shape;

    JsonHooks(Shape shape) {
        this.shape = shape;
    }

    /**
     * What differs from host to host.
     *
     * @param list where those of a repository are
     * @param id the member of the answer that is the id
     * @param patches whether one is changed by PATCH, and not by PUT
     */
    record Shape(Path list, Body body, String id, boolean patches, String byHand) {}

    interface Path {
        String of(String repository);
    }

    interface Body {
        Map<String, Object> of(Wish wish);
    }

    @Override
    public String put(HostApi api, String repository, Optional<String> known, Wish wish) throws HostRefused {
        String list = shape.list().of(repository);
        Map<String, Object> body = shape.body().of(wish);
        if (known.isPresent()) {
            try {
                String one = list + "/" + Words.inPath(known.get());
                return id(shape.patches() ? api.patch(one, body) : api.put(one, body));
            } catch (HostRefused e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        return id(api.post(list, body));
    }

    private String id(JsonNode answer) throws HostRefused {
        String id = Words.text(answer.path(shape.id()));
        if (id.isEmpty()) {
            throw new HostRefused(0, "it did not say the id of the webhook", Optional.empty());
        }
        return id;
    }

    @Override
    public void remove(HostApi api, String repository, String id) throws HostRefused {
        try {
            api.delete(shape.list().of(repository) + "/" + Words.inPath(id));
        } catch (HostRefused e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    @Override
    public String byHand() {
        return shape.byHand();
    }
}
