package io.terrafleet.api.host;

import static io.terrafleet.api.host.Words.commit;
import static io.terrafleet.api.host.Words.inPath;
import static io.terrafleet.api.host.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gitea and Forgejo, whose webhooks and API follow GitHub's with differences. Source of the shapes: Gitea's documentation of webhooks and its
 * Swagger description. The API's address ends in {@code /api/v1}.
 */
final class Gitea implements Host {
    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(
                headers.of("X-Gitea-Delivery").or(() -> headers.of("X-Forgejo-Delivery")),
                headers.of("X-Gitea-Event")
                        .or(() -> headers.of("X-Forgejo-Event"))
                        .orElse(""));
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.hmac(
                headers.of("X-Gitea-Signature").or(() -> headers.of("X-Forgejo-Signature")), body, secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        String repository = text(body.path("repository").path("full_name"));
        return List.of(
                switch (event) {
                    case "push" -> GitHub.pushed(repository, body);
                    case "create" -> created(repository, body);
                    case "pull_request", "pull_request_sync" -> GitHub.pullRequest(repository, body);
                    case "issue_comment" -> GitHub.commented(repository, body);
                    default -> new HostEvent.Other(repository, event);
                });
    }

    private static HostEvent created(String repository, JsonNode body) {
        Optional<String> commit = commit(body.path("sha"));
        return body.path("ref_type").asText().equals("tag") && commit.isPresent()
                ? new HostEvent.Tagged(
                        repository,
                        text(body.path("ref")).replaceFirst("^" + Words.TAGS, ""),
                        commit.get(),
                        GitHub.sender(body.path("sender")),
                        "")
                : new HostEvent.Other(repository, "a new " + text(body.path("ref_type")));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository + ".git");
    }

    @Override
    public String authorization(String token) {
        return "token " + token;
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.of("refs/pull/" + number + "/head");
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return known(api.get("/repos/" + repository));
    }

    @Override
    public Optional<Known> knownById(HostApi api, String repository, String id) throws HostRefused {
        return known(api.get("/repositories/" + inPath(id)));
    }

    private static Optional<Known> known(JsonNode json) {
        return Optional.of(new Known(text(json.path("id")), text(json.path("full_name"))));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return GitHub.read(api.get("/repos/" + repository + "/pulls/" + number));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            JsonNode list = api.get("/repos/" + repository + "/pulls?state=open&limit=50&page=" + page);
            for (JsonNode each : list) {
                all.add(GitHub.read(each));
            }
            if (list.isEmpty()) {
                break;
            }
        }
        return all;
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused {
        return GitHub.writes(api, repository, of.authorId());
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) throws HostRefused {
        api.post(
                "/repos/" + repository + "/statuses/" + status.commit(),
                Map.of(
                        "state", GitHub.word(status.state()),
                        "context", status.context(),
                        "description", status.description(),
                        "target_url", status.url()));
    }

    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        return GitHub.commentAt(api, repository, number, comment, text);
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(new JsonHooks(new JsonHooks.Shape(
                repository -> "/repos/" + repository + "/hooks",
                wish -> Map.of(
                        "type",
                        "gitea",
                        "active",
                        true,
                        "events",
                        List.of("push", "create", "pull_request", "pull_request_sync", "issue_comment"),
                        "config",
                        Map.of(
                                "url", wish.address().toString(),
                                "content_type", "json",
                                "secret", wish.secret())),
                "id",
                true,
                "of type Gitea, as JSON, for pushes, creations, pull requests and their comments")));
    }

    @Override
    public int longestComment() {
        return 60_000;
    }
}
