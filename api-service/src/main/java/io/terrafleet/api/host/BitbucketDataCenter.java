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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bitbucket Data Center and Server; a repository is {@code PROJECT/name}. Source of the shapes: Atlassian's documentation of event payloads
 * and of the REST API 1.0. The API's address is that of the server.
 */
final class BitbucketDataCenter implements Host {
    private static final Set<String> MOVES = Set.of("pr:opened", "pr:from_ref_updated", "pr:modified", "pr:reopened");
    private static final Set<String> ENDS = Set.of("pr:merged", "pr:declined", "pr:deleted");
    private static final Set<String> WRITERS = Set.of("REPO_WRITE", "REPO_ADMIN");
    private static final Pattern PAGE =
            Pattern.compile("(?<kind>projects|users)/(?<owner>[^/]+)/repos/(?<name>[^/]+)(/browse)?");

    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(headers.of("X-Request-Id"), headers.of("X-Event-Key").orElse(""));
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.hmac(headers.of("X-Hub-Signature"), body, secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        JsonNode pull = body.path("pullRequest");
        String repository = name(
                pull.isMissingNode()
                        ? body.path("repository")
                        : pull.path("toRef").path("repository"));
        Sender sender = new Sender(text(body.path("actor").path("name")), "", "");
        if (MOVES.contains(event)) {
            return List.of(
                    new HostEvent.PullRequestMoved(repository, pull.path("id").asLong(), sender));
        }
        if (ENDS.contains(event)) {
            return List.of(
                    new HostEvent.PullRequestClosed(repository, pull.path("id").asLong()));
        }
        if (event.equals("pr:comment:added")) {
            JsonNode comment = body.path("comment");
            return List.of(new HostEvent.Commented(
                    repository,
                    pull.path("id").asLong(),
                    text(comment.path("id")),
                    text(comment.path("author").path("id")),
                    text(comment.path("author").path("name")),
                    body(comment.path("text"))));
        }
        if (event.equals("repo:modified")) {
            return List.of(modified(body));
        }
        if (!event.equals("repo:refs_changed")) {
            return List.of(new HostEvent.Other(repository, event));
        }
        List<HostEvent> events = new ArrayList<>();
        body.path("changes").forEach(change -> events.add(change(repository, change, sender)));
        return List.copyOf(events);
    }

    /** Its name, its project, or only what is said of it. */
    private static HostEvent modified(JsonNode body) {
        String before = name(body.path("old"));
        String now = name(body.path("new"));
        return before.equals(now) ? new HostEvent.Other(now, "repo:modified") : new HostEvent.Renamed(now, before);
    }

    private static HostEvent change(String repository, JsonNode change, Sender sender) {
        String name = text(change.path("ref").path("displayId"));
        Optional<String> commit = commit(change.path("toHash"));
        if (commit.isEmpty()) {
            return new HostEvent.Other(repository, name + " was deleted");
        }
        return change.path("ref").path("type").asText().equals("TAG")
                ? new HostEvent.Tagged(repository, name, commit.get(), sender, "")
                : new HostEvent.Pushed(repository, name, commit.get(), commit(change.path("fromHash")), sender, "", "");
    }

    private static String name(JsonNode repository) {
        return text(repository.path("project").path("key")) + "/" + text(repository.path("slug"));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/scm/" + repository + ".git");
    }

    /** Below {@code scm}, or as its pages and SSH have it. */
    @Override
    public Optional<String> nameIn(String path) {
        Matcher page = PAGE.matcher(path);
        if (page.matches()) {
            String owner = page.group("kind").equals("users") ? "~" + page.group("owner") : page.group("owner");
            return Optional.of(owner + "/" + page.group("name"));
        }
        return Host.super.nameIn(path.startsWith("scm/") ? path.substring("scm/".length()) : path);
    }

    /** People have theirs below {@code users}. */
    @Override
    public String page(URI base, String repository) {
        int end = repository.indexOf('/');
        String owner = repository.substring(0, end);
        String place = owner.startsWith("~") ? "users/" + owner.substring(1) : "projects/" + owner;
        return base.toString().replaceAll("/+$", "") + "/" + place + "/repos" + repository.substring(end);
    }

    @Override
    public Optional<String> commitPage(String page, String commit) {
        return Optional.of(page + "/commits/" + commit);
    }

    @Override
    public String authorization(String token) {
        return "Bearer " + token;
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.of("refs/pull-requests/" + number + "/from");
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        JsonNode json = api.get(at(repository));
        return Optional.of(new Known(text(json.path("id")), name(json)));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return read(api.get(at(repository) + "/pull-requests/" + number));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        for (int start = 0; start < 200; start += 100) {
            JsonNode answer = api.get(at(repository) + "/pull-requests?state=OPEN&limit=100&start=" + start);
            for (JsonNode each : answer.path("values")) {
                all.add(read(each));
            }
            if (answer.path("isLastPage").asBoolean(true)) {
                break;
            }
        }
        return all;
    }

    private static PullRequest read(JsonNode json) throws HostRefused {
        JsonNode from = json.path("fromRef");
        JsonNode to = json.path("toRef");
        String author = text(json.path("author").path("user").path("name"));
        return new PullRequest(
                json.path("id").asLong(),
                text(json.path("title")),
                body(json.path("description")),
                text(json.path("links").path("self").path(0).path("href")),
                author,
                author,
                commit(from.path("latestCommit"))
                        .orElseThrow(
                                () -> new HostRefused(404, "the pull request has no head commit", Optional.empty())),
                text(from.path("displayId")),
                text(to.path("displayId")),
                !name(from.path("repository")).equals(name(to.path("repository"))),
                json.path("draft").asBoolean(false),
                json.path("open").asBoolean(text(json.path("state")).equals("OPEN")));
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused {
        return permits(api.get(at(repository) + "/permissions/users?filter=" + inPath(of.authorId())), of, "REPO")
                || permits(api.get(project(repository) + "/permissions/users?filter=" + inPath(of.authorId())), of, "");
    }

    private static boolean permits(JsonNode answer, PullRequest of, String kind) {
        for (JsonNode each : answer.path("values")) {
            String permission = text(each.path("permission"));
            boolean writes = WRITERS.contains(permission)
                    || (kind.isEmpty()
                            && Set.of("PROJECT_WRITE", "PROJECT_ADMIN").contains(permission));
            if (writes && text(each.path("user").path("name")).equals(of.authorId())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) throws HostRefused {
        api.post(
                "/rest/build-status/1.0/commits/" + status.commit(),
                Map.of(
                        "key", BuildKeys.of(status.context()),
                        "name", status.context(),
                        "state", BuildKeys.word(status.state()),
                        "description", status.description(),
                        "url", status.url()));
    }

    /** A comment is written anew only by who names the version that it has. */
    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        String comments = at(repository) + "/pull-requests/" + number + "/comments";
        if (comment.isEmpty()) {
            return text(api.post(comments, Map.of("text", text)).path("id"));
        }
        String one = comments + "/" + inPath(comment.get());
        int version = api.get(one).path("version").asInt();
        return text(api.put(one, Map.of("text", text, "version", version)).path("id"));
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(
                new JsonHooks(
                        new JsonHooks.Shape(
                                repository -> at(repository) + "/webhooks",
                                wish -> Map.of(
                                        "name",
                                        "Terrafleet",
                                        "url",
                                        wish.address().toString(),
                                        "active",
                                        true,
                                        "configuration",
                                        Map.of("secret", wish.secret()),
                                        "events",
                                        List.of(
                                                "repo:refs_changed",
                                                "repo:modified",
                                                "pr:opened",
                                                "pr:from_ref_updated",
                                                "pr:modified",
                                                "pr:merged",
                                                "pr:declined",
                                                "pr:deleted",
                                                "pr:comment:added")),
                                "id",
                                false,
                                "with the secret, for pushes, changes of the repository, and pull requests that are opened, changed, merged, declined, deleted and commented on")));
    }

    @Override
    public int longestComment() {
        return 32_000;
    }

    private static String at(String repository) {
        return project(repository) + "/repos/" + inPath(repository.substring(repository.indexOf('/') + 1));
    }

    private static String project(String repository) {
        return "/rest/api/1.0/projects/" + inPath(repository.substring(0, Math.max(0, repository.indexOf('/'))));
    }
}
