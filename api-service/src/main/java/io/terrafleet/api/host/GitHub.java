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
 * GitHub and GitHub Enterprise Server. Source of the shapes: GitHub's documentation of webhook events and payloads, and of the REST API
 * (pulls, commit statuses, issue comments, collaborators).
 */
final class GitHub implements Host {
    private static final Set<String> MOVES =
            Set.of("opened", "reopened", "synchronize", "synchronized", "ready_for_review", "edited");
    private static final Set<String> WRITERS = Set.of("owner", "admin", "maintain", "write");

    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(
                headers.of("X-GitHub-Delivery"), headers.of("X-GitHub-Event").orElse(""));
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.hmac(headers.of("X-Hub-Signature-256"), body, secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        String repository = text(body.path("repository").path("full_name"));
        return List.of(
                switch (event) {
                    case "push" -> pushed(repository, body);
                    case "pull_request" -> pullRequest(repository, body);
                    case "issue_comment" -> commented(repository, body);
                    case "repository" ->
                        switch (body.path("action").asText()) {
                            case "renamed" -> renamed(repository, body);
                            case "transferred" -> transferred(repository, body);
                            default -> other(body, event);
                        };
                    default -> other(body, event);
                });
    }

    static HostEvent pushed(String repository, JsonNode body) {
        String ref = text(body.path("ref"));
        Optional<String> after = commit(body.path("after"));
        Sender sender = sender(body.path("sender"));
        String url = text(body.path("head_commit").path("url"));
        if (after.isEmpty()) {
            return new HostEvent.Other(repository, ref + " was deleted");
        }
        if (ref.startsWith(Words.TAGS)) {
            String commit = commit(body.path("head_commit").path("id")).orElse(after.get());
            return new HostEvent.Tagged(repository, ref.substring(Words.TAGS.length()), commit, sender, url);
        }
        if (!ref.startsWith(Words.HEADS)) {
            return new HostEvent.Other(repository, "a push to " + ref);
        }
        String compare = text(body.path("compare")) + text(body.path("compare_url"));
        return new HostEvent.Pushed(
                repository,
                ref.substring(Words.HEADS.length()),
                after.get(),
                commit(body.path("before")),
                sender,
                url,
                compare);
    }

    static HostEvent pullRequest(String repository, JsonNode body) {
        String action = text(body.path("action"));
        long number = body.path("pull_request")
                .path("number")
                .asLong(body.path("number").asLong());
        if (action.equals("closed")) {
            return new HostEvent.PullRequestClosed(repository, number);
        }
        return MOVES.contains(action)
                ? new HostEvent.PullRequestMoved(repository, number, sender(body.path("sender")))
                : new HostEvent.Other(repository, "pull request " + number + ": " + action);
    }

    /** Gitea says that it is of a pull request in a word of its own. */
    static HostEvent commented(String repository, JsonNode body) {
        JsonNode issue = body.path("issue");
        boolean pull =
                issue.path("pull_request").isObject() || body.path("is_pull").asBoolean(false);
        if (!pull || !body.path("action").asText().equals("created")) {
            return other(body, "issue_comment");
        }
        JsonNode comment = body.path("comment");
        return new HostEvent.Commented(
                repository,
                issue.path("number").asLong(),
                text(comment.path("id")),
                text(comment.path("user").path("id")),
                text(comment.path("user").path("login")),
                body(comment.path("body")));
    }

    private static HostEvent renamed(String repository, JsonNode body) {
        String owner = repository.substring(0, Math.max(0, repository.lastIndexOf('/')));
        String before =
                text(body.path("changes").path("repository").path("name").path("from"));
        return new HostEvent.Renamed(repository, owner + "/" + before);
    }

    /** It has another owner, a person or an organization. */
    private static HostEvent transferred(String repository, JsonNode body) {
        JsonNode from = body.path("changes").path("owner").path("from");
        String owner = text(from.path("organization").path("login"))
                + text(from.path("user").path("login"));
        return owner.isEmpty()
                ? other(body, "repository")
                : new HostEvent.Renamed(repository, owner + repository.substring(repository.lastIndexOf('/')));
    }

    private static HostEvent other(JsonNode body, String event) {
        String action = text(body.path("action"));
        return new HostEvent.Other(
                text(body.path("repository").path("full_name")), action.isEmpty() ? event : event + " " + action);
    }

    static Sender sender(JsonNode user) {
        return new Sender(text(user.path("login")), text(user.path("avatar_url")), text(user.path("html_url")));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository + ".git");
    }

    @Override
    public String authorization(String token) {
        return "Bearer " + token;
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.of("refs/pull/" + number + "/head");
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return known(api.get("/repos/" + repository));
    }

    private static Optional<Known> known(JsonNode json) {
        return Optional.of(new Known(text(json.path("id")), text(json.path("full_name"))));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return read(api.get("/repos/" + repository + "/pulls/" + number));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        for (int page = 1; page <= 2; page++) {
            JsonNode list = api.get("/repos/" + repository + "/pulls?state=open&per_page=100&page=" + page);
            for (JsonNode each : list) {
                all.add(read(each));
            }
            if (list.size() < 100) {
                break;
            }
        }
        return all;
    }

    static PullRequest read(JsonNode json) throws HostRefused {
        JsonNode head = json.path("head");
        JsonNode base = json.path("base");
        String from = text(head.path("repo").path("full_name"));
        return new PullRequest(
                json.path("number").asLong(),
                text(json.path("title")),
                body(json.path("body")),
                text(json.path("html_url")),
                text(json.path("user").path("login")),
                text(json.path("user").path("login")),
                commit(head.path("sha"))
                        .orElseThrow(
                                () -> new HostRefused(404, "the pull request has no head commit", Optional.empty())),
                text(head.path("ref")),
                text(base.path("ref")),
                !from.equals(text(base.path("repo").path("full_name"))),
                json.path("draft").asBoolean(false),
                text(json.path("state")).equals("open"));
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused {
        return writes(api, repository, of.authorId());
    }

    static boolean writes(HostApi api, String repository, String login) throws HostRefused {
        try {
            JsonNode answer = api.get("/repos/" + repository + "/collaborators/" + inPath(login) + "/permission");
            return WRITERS.contains(text(answer.path("permission")))
                    || WRITERS.contains(text(answer.path("role_name")));
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
                "/repos/" + repository + "/statuses/" + status.commit(),
                Map.of(
                        "state", word(status.state()),
                        "context", status.context(),
                        "description", status.description(),
                        "target_url", status.url()));
    }

    static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case ERROR -> "error";
        };
    }

    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        return commentAt(api, repository, number, comment, text);
    }

    static String commentAt(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        Map<String, Object> body = Map.of("body", text);
        JsonNode answer = comment.isPresent()
                ? api.patch("/repos/" + repository + "/issues/comments/" + inPath(comment.get()), body)
                : api.post("/repos/" + repository + "/issues/" + number + "/comments", body);
        return text(answer.path("id"));
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(new JsonHooks(new JsonHooks.Shape(
                repository -> "/repos/" + repository + "/hooks",
                wish -> Map.of(
                        "name",
                        "web",
                        "active",
                        true,
                        "events",
                        List.of("push", "pull_request", "issue_comment", "repository"),
                        "config",
                        Map.of(
                                "url",
                                wish.address().toString(),
                                "content_type",
                                "json",
                                "secret",
                                wish.secret(),
                                "insecure_ssl",
                                "0")),
                "id",
                true,
                "with content type application/json, for pushes, pull requests, issue comments and repositories")));
    }

    @Override
    public int longestComment() {
        return 65_000;
    }
}
