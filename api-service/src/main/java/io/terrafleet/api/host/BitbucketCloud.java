package io.terrafleet.api.host;

import static io.terrafleet.api.host.Words.body;
import static io.terrafleet.api.host.Words.commit;
import static io.terrafleet.api.host.Words.inPath;
import static io.terrafleet.api.host.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.host.HostEvent.Sender;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Bitbucket Cloud. Source of the shapes: its documentation of event payloads and of the REST API 2.0 (pull requests, build statuses,
 * comments, repository permissions).
 */
final class BitbucketCloud implements Host {
    private static final Set<String> MOVES = Set.of("pullrequest:created", "pullrequest:updated");
    private static final Set<String> ENDS = Set.of("pullrequest:fulfilled", "pullrequest:rejected");
    private static final Set<String> WRITERS = Set.of("write", "admin");

    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(
                headers.of("X-Request-UUID"), headers.of("X-Event-Key").orElse(""));
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.hmac(headers.of("X-Hub-Signature"), body, secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        String repository = text(body.path("repository").path("full_name"));
        long number = body.path("pullrequest").path("id").asLong();
        if (MOVES.contains(event)) {
            return List.of(new HostEvent.PullRequestMoved(repository, number, sender(body.path("actor"))));
        }
        if (ENDS.contains(event)) {
            return List.of(new HostEvent.PullRequestClosed(repository, number));
        }
        if (event.equals("pullrequest:comment_created")) {
            JsonNode comment = body.path("comment");
            JsonNode author = body.path("actor");
            return List.of(new HostEvent.Commented(
                    repository,
                    number,
                    text(comment.path("id")),
                    text(author.path("uuid")),
                    text(author.path("nickname")),
                    body(comment.path("content").path("raw"))));
        }
        if (event.equals("repo:updated")) {
            return List.of(updated(repository, body));
        }
        if (!event.equals("repo:push")) {
            return List.of(new HostEvent.Other(repository, event));
        }
        List<HostEvent> events = new ArrayList<>();
        for (JsonNode change : body.path("push").path("changes")) {
            events.add(change(repository, change, sender(body.path("actor"))));
        }
        return List.copyOf(events);
    }

    /** Whatever of it was changed; its name is only one of many things. */
    private static HostEvent updated(String repository, JsonNode body) {
        String before = text(body.path("changes").path("full_name").path("old"));
        return before.isEmpty()
                ? new HostEvent.Other(repository, "repo:updated")
                : new HostEvent.Renamed(repository, before);
    }

    private static HostEvent change(String repository, JsonNode change, Sender sender) {
        JsonNode now = change.path("new");
        String name = text(now.path("name"));
        Optional<String> commit = commit(now.path("target").path("hash"));
        String url = text(now.path("target").path("links").path("html").path("href"));
        if (commit.isEmpty()) {
            return new HostEvent.Other(repository, text(change.path("old").path("name")) + " was deleted");
        }
        if (now.path("type").asText().equals("tag")) {
            return new HostEvent.Tagged(repository, name, commit.get(), sender, url);
        }
        return new HostEvent.Pushed(
                repository,
                name,
                commit.get(),
                commit(change.path("old").path("target").path("hash")),
                sender,
                url,
                text(change.path("links").path("html").path("href")));
    }

    private static Sender sender(JsonNode actor) {
        String nickname = text(actor.path("nickname"));
        return new Sender(
                nickname.isEmpty() ? text(actor.path("display_name")) : nickname,
                text(actor.path("links").path("avatar").path("href")),
                text(actor.path("links").path("html").path("href")));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository + ".git");
    }

    @Override
    public Optional<String> commitPage(String page, String commit) {
        return Optional.of(page + "/commits/" + commit);
    }

    @Override
    public String authorization(String token) {
        return "Bearer " + token;
    }

    /** The heads of forks are not kept in the repository. */
    @Override
    public Optional<String> headRef(long number) {
        return Optional.empty();
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return known(api.get("/repositories/" + repository));
    }

    /** In the same workspace, whatever its name. */
    @Override
    public Optional<Known> knownById(HostApi api, String repository, String id) throws HostRefused {
        String workspace = repository.substring(0, Math.max(0, repository.indexOf('/')));
        return known(api.get("/repositories/" + inPath(workspace) + "/" + inPath(id)));
    }

    private static Optional<Known> known(JsonNode json) {
        return Optional.of(new Known(text(json.path("uuid")), text(json.path("full_name"))));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return read(api, api.get("/repositories/" + repository + "/pullrequests/" + number));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            JsonNode answer =
                    api.get("/repositories/" + repository + "/pullrequests?state=OPEN&pagelen=50&page=" + page);
            for (JsonNode each : answer.path("values")) {
                all.add(read(api, each));
            }
            if (answer.path("next").isMissingNode()) {
                break;
            }
        }
        return all;
    }

    private static PullRequest read(HostApi api, JsonNode json) throws HostRefused {
        JsonNode source = json.path("source");
        String from = text(source.path("repository").path("full_name"));
        return new PullRequest(
                json.path("id").asLong(),
                text(json.path("title")),
                body(json.path("description")),
                text(json.path("links").path("html").path("href")),
                text(json.path("author").path("nickname")),
                text(json.path("author").path("uuid")),
                whole(api, from, text(source.path("commit").path("hash"))),
                text(source.path("branch").path("name")),
                text(json.path("destination").path("branch").path("name")),
                !from.equals(text(json.path("destination").path("repository").path("full_name"))),
                json.path("draft").asBoolean(false),
                text(json.path("state")).equals("OPEN"));
    }

    /** A pull request tells only the beginning of a commit's hash. */
    private static String whole(HostApi api, String repository, String hash) throws HostRefused {
        JsonNode found = hash.length() == 40
                ? com.fasterxml.jackson.databind.node.TextNode.valueOf(hash)
                : api.get("/repositories/" + repository + "/commit/" + inPath(hash))
                        .path("hash");
        return commit(found)
                .orElseThrow(() -> new HostRefused(404, "the pull request has no head commit", Optional.empty()));
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused {
        try {
            JsonNode answer =
                    api.get("/repositories/" + repository + "/permissions-config/users/" + inPath(of.authorId()));
            return WRITERS.contains(text(answer.path("permission")));
        } catch (HostRefused e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) throws HostRefused {
        api.post(
                "/repositories/" + repository + "/commit/" + status.commit() + "/statuses/build",
                Map.of(
                        "key", BuildKeys.of(status.context()),
                        "name", status.context(),
                        "state", BuildKeys.word(status.state()),
                        "description", status.description(),
                        "url", status.url()));
    }

    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        String comments = "/repositories/" + repository + "/pullrequests/" + number + "/comments";
        Map<String, Object> body = Map.of("content", Map.of("raw", text));
        JsonNode answer =
                comment.isPresent() ? api.put(comments + "/" + inPath(comment.get()), body) : api.post(comments, body);
        return text(answer.path("id"));
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(
                new JsonHooks(
                        new JsonHooks.Shape(
                                repository -> "/repositories/" + repository + "/hooks",
                                wish -> Map.of(
                                        "description",
                                        "Terrafleet",
                                        "url",
                                        wish.address().toString(),
                                        "secret",
                                        wish.secret(),
                                        "active",
                                        true,
                                        "events",
                                        List.of(
                                                "repo:push",
                                                "repo:updated",
                                                "pullrequest:created",
                                                "pullrequest:updated",
                                                "pullrequest:fulfilled",
                                                "pullrequest:rejected",
                                                "pullrequest:comment_created")),
                                "uuid",
                                false,
                                "with the secret, for pushes, updates of the repository, and pull requests that are created, updated, merged, declined and commented on")));
    }

    @Override
    public int longestComment() {
        return 32_000;
    }
}
