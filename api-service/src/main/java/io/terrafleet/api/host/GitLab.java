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
 * GitLab.com and self-managed GitLab; projects may lie in subgroups. Source of the shapes: GitLab's documentation of webhook events and of the
 * REST API (merge requests, commits, notes, members). The API's address ends in {@code /api/v4}.
 */
final class GitLab implements Host {
    private static final int DEVELOPER = 30;
    private static final Set<String> MOVES = Set.of("open", "reopen", "update");

    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(
                headers.of("Idempotency-Key").or(() -> headers.of("X-Gitlab-Event-UUID")),
                headers.of("X-Gitlab-Event").orElse(""));
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.token(headers.of("X-Gitlab-Token"), secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        String repository = text(body.path("project").path("path_with_namespace"));
        return List.of(
                switch (body.path("object_kind").asText()) {
                    case "push" -> pushed(repository, body);
                    case "tag_push" -> tagged(repository, body);
                    case "merge_request" -> mergeRequest(repository, body);
                    case "note" -> note(repository, body);
                    default -> new HostEvent.Other(repository, event);
                });
    }

    private static HostEvent pushed(String repository, JsonNode body) {
        String ref = text(body.path("ref"));
        Optional<String> after = commit(body.path("after"));
        if (after.isEmpty() || !ref.startsWith(Words.HEADS)) {
            return new HostEvent.Other(repository, after.isEmpty() ? ref + " was deleted" : "a push to " + ref);
        }
        String url = "";
        for (JsonNode each : body.path("commits")) {
            url = each.path("id").asText().equals(after.get()) ? text(each.path("url")) : url;
        }
        Optional<String> before = commit(body.path("before"));
        String web = text(body.path("project").path("web_url"));
        String compare = before.map(from -> web + "/-/compare/" + from + "..." + after.get())
                .orElse("");
        return new HostEvent.Pushed(
                repository,
                ref.substring(Words.HEADS.length()),
                after.get(),
                before,
                new Sender(text(body.path("user_username")), text(body.path("user_avatar")), ""),
                url,
                compare);
    }

    private static HostEvent tagged(String repository, JsonNode body) {
        Optional<String> commit = commit(body.path("checkout_sha"));
        String tag = text(body.path("ref")).replaceFirst("^" + Words.TAGS, "");
        return commit.isEmpty()
                ? new HostEvent.Other(repository, "the tag " + tag + " was deleted")
                : new HostEvent.Tagged(
                        repository,
                        tag,
                        commit.get(),
                        new Sender(text(body.path("user_username")), text(body.path("user_avatar")), ""),
                        "");
    }

    private static HostEvent mergeRequest(String repository, JsonNode body) {
        JsonNode of = body.path("object_attributes");
        long number = of.path("iid").asLong();
        String action = text(of.path("action"));
        if (action.equals("close") || action.equals("merge")) {
            return new HostEvent.PullRequestClosed(repository, number);
        }
        JsonNode user = body.path("user");
        return MOVES.contains(action)
                ? new HostEvent.PullRequestMoved(
                        repository, number, new Sender(text(user.path("username")), text(user.path("avatar_url")), ""))
                : new HostEvent.Other(repository, "merge request " + number + ": " + action);
    }

    private static HostEvent note(String repository, JsonNode body) {
        JsonNode note = body.path("object_attributes");
        boolean fresh = note.path("action").asText("create").equals("create");
        if (!fresh || !note.path("noteable_type").asText().equals("MergeRequest")) {
            return new HostEvent.Other(repository, "a note on " + text(note.path("noteable_type")));
        }
        return new HostEvent.Commented(
                repository,
                body.path("merge_request").path("iid").asLong(),
                text(note.path("id")),
                text(note.path("author_id")),
                text(body.path("user").path("username")),
                body(note.path("note")));
    }

    /** With as many groups as it has. */
    @Override
    public Optional<String> nameIn(String path) {
        return Optional.of(path).filter(found -> found.contains("/") && !found.contains("/-/"));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository + ".git");
    }

    @Override
    public Optional<String> commitPage(String page, String commit) {
        return Optional.of(page + "/-/commit/" + commit);
    }

    @Override
    public String authorization(String token) {
        return "Bearer " + token;
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.of("refs/merge-requests/" + number + "/head");
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return known(api.get(project(repository)));
    }

    @Override
    public Optional<Known> knownById(HostApi api, String repository, String id) throws HostRefused {
        return known(api.get(project(id)));
    }

    private static Optional<Known> known(JsonNode json) {
        return Optional.of(new Known(text(json.path("id")), text(json.path("path_with_namespace"))));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return read(api.get(project(repository) + "/merge_requests/" + number));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        for (int page = 1; page <= 2; page++) {
            JsonNode list = api.get(project(repository) + "/merge_requests?state=opened&per_page=100&page=" + page);
            for (JsonNode each : list) {
                all.add(read(each));
            }
            if (list.size() < 100) {
                break;
            }
        }
        return all;
    }

    private static PullRequest read(JsonNode json) throws HostRefused {
        return new PullRequest(
                json.path("iid").asLong(),
                text(json.path("title")),
                body(json.path("description")),
                text(json.path("web_url")),
                text(json.path("author").path("username")),
                text(json.path("author").path("id")),
                commit(json.path("sha"))
                        .orElseThrow(
                                () -> new HostRefused(404, "the merge request has no head commit", Optional.empty())),
                text(json.path("source_branch")),
                text(json.path("target_branch")),
                json.path("source_project_id").asLong()
                        != json.path("target_project_id").asLong(),
                json.path("draft").asBoolean(false),
                text(json.path("state")).equals("opened"));
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused {
        try {
            JsonNode member = api.get(project(repository) + "/members/all/" + inPath(of.authorId()));
            return member.path("access_level").asInt() >= DEVELOPER;
        } catch (HostRefused e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) throws HostRefused {
        try {
            api.post(
                    project(repository) + "/statuses/" + status.commit(),
                    Map.of(
                            "state", word(status.state()),
                            "name", status.context(),
                            "description", status.description(),
                            "target_url", status.url()));
        } catch (HostRefused e) {
            // GitLab refuses to write the same state again
            if (e.status() != 400) {
                throw e;
            }
        }
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case SUCCESS -> "success";
            case FAILURE, ERROR -> "failed";
        };
    }

    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        String notes = project(repository) + "/merge_requests/" + number + "/notes";
        Map<String, Object> body = Map.of("body", text);
        JsonNode answer =
                comment.isPresent() ? api.put(notes + "/" + inPath(comment.get()), body) : api.post(notes, body);
        return text(answer.path("id"));
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(new JsonHooks(new JsonHooks.Shape(
                repository -> project(repository) + "/hooks",
                wish -> Map.of(
                        "url", wish.address().toString(),
                        "token", wish.secret(),
                        "push_events", true,
                        "tag_push_events", true,
                        "merge_requests_events", true,
                        "note_events", true),
                "id",
                false,
                "with the secret as its token, for pushes, tags, comments and merge requests")));
    }

    @Override
    public int longestComment() {
        return 1_000_000;
    }

    private static String project(String repository) {
        return "/projects/" + inPath(repository);
    }
}
