package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Service hooks of Azure DevOps: a subscription for each kind of event, whose ids are kept together. Source of the shapes: Microsoft's
 * documentation of service hooks with webhooks, and of the subscriptions API 7.0.
 */
final class AzureHooks implements HostHooks {
    private static final String VERSION = "?api-version=7.0";
    private static final List<String> EVENTS = List.of(
            "git.push",
            "git.pullrequest.created",
            "git.pullrequest.updated",
            "ms.vss-code.git-pullrequest-comment-event");

    private final Place place;

    /** Where a repository's own resource is. */
    interface Place {
        String of(String repository);
    }

    AzureHooks(Place place) {
        this.place = place;
    }

    @Override
    public String put(HostApi api, String repository, Optional<String> known, Wish wish) throws HostRefused {
        JsonNode found = api.get(place.of(repository) + VERSION);
        List<String> ids = known.map(text -> Arrays.asList(text.split(",", -1))).orElse(List.of());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < EVENTS.size(); i++) {
            Map<String, Object> body = body(found, EVENTS.get(i), wish);
            made.add(one(api, repository, i < ids.size() ? Optional.of(ids.get(i)) : Optional.empty(), body));
        }
        return String.join(",", made);
    }

    private static String one(HostApi api, String repository, Optional<String> known, Map<String, Object> body)
            throws HostRefused {
        String list = subscriptions(repository);
        if (known.isPresent()) {
            try {
                return Words.text(api.put(list + "/" + Words.inPath(known.get()) + VERSION, body)
                        .path("id"));
            } catch (HostRefused e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        return Words.text(api.post(list + VERSION, body).path("id"));
    }

    private static Map<String, Object> body(JsonNode repository, String event, Wish wish) {
        return Map.of(
                "publisherId",
                "tfs",
                "eventType",
                event,
                "resourceVersion",
                "1.0",
                "consumerId",
                "webHooks",
                "consumerActionId",
                "httpRequest",
                "publisherInputs",
                Map.of(
                        "projectId", Words.text(repository.path("project").path("id")),
                        "repository", Words.text(repository.path("id"))),
                "consumerInputs",
                Map.of(
                        "url", wish.address().toString(),
                        "basicAuthUsername", "terrafleet",
                        "basicAuthPassword", wish.secret()));
    }

    @Override
    public void remove(HostApi api, String repository, String id) throws HostRefused {
        for (String one : id.split(",", -1)) {
            try {
                api.delete(subscriptions(repository) + "/" + Words.inPath(one) + VERSION);
            } catch (HostRefused e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
    }

    @Override
    public String byHand() {
        return "in the project's service hooks \"Web Hooks\" for code pushed, pull request created, updated and commented on,"
                + " with the secret as the password of basic authentication";
    }

    /** Subscriptions belong to the organization, the first part of {@code organization/project/_git/name}. */
    private static String subscriptions(String repository) {
        int cut = repository.indexOf('/');
        return "/" + Words.inPath(cut < 0 ? repository : repository.substring(0, cut)) + "/_apis/hooks/subscriptions";
    }
}
