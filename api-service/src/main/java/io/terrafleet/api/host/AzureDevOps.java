package io.terrafleet.api.host;

import static io.terrafleet.api.host.Words.body;
import static io.terrafleet.api.host.Words.commit;
import static io.terrafleet.api.host.Words.inPath;
import static io.terrafleet.api.host.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.host.HostEvent.Sender;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Azure DevOps Services and Server; a repository is {@code organization/project/_git/name}. Source of the shapes: Microsoft's documentation of
 * service hook events and of the Git REST API 7.0. Service hooks prove themselves by basic authentication.
 */
final class AzureDevOps implements Host {
    private static final String VERSION = "api-version=7.0";
    private static final Pattern PATH = Pattern.compile("[^/]+(/[^/]+){0,2}/_git/[^/]+");

    @Override
    public Heading heading(Headers headers, byte[] body) {
        JsonNode json = json(body);
        Optional<String> id = Optional.of(text(json.path("id"))).filter(text -> !text.isEmpty());
        return new Heading(id, text(json.path("eventType")));
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            return Json.mapper().missingNode();
        }
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.basic(headers.of("Authorization"), secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        JsonNode resource = body.path("resource");
        String repository = name(resource.path("repository"));
        long number = resource.path("pullRequestId").asLong();
        return switch (event) {
            case "git.push" -> pushed(repository, resource);
            case "git.pullrequest.created", "git.pullrequest.updated" ->
                List.of(
                        resource.path("status").asText().equals("active")
                                ? new HostEvent.PullRequestMoved(repository, number, sender(resource.path("createdBy")))
                                : new HostEvent.PullRequestClosed(repository, number));
            case "ms.vss-code.git-pullrequest-comment-event" -> List.of(commented(resource));
            default -> List.of(new HostEvent.Other(repository, event));
        };
    }

    private static HostEvent commented(JsonNode resource) {
        JsonNode pull = resource.path("pullRequest");
        JsonNode comment = resource.path("comment");
        String thread = text(comment.path("_links").path("self").path("href"));
        return new HostEvent.Commented(
                name(pull.path("repository")),
                pull.path("pullRequestId").asLong(),
                thread.isEmpty() ? text(comment.path("id")) : thread,
                text(comment.path("author").path("id")),
                text(comment.path("author").path("uniqueName")),
                body(comment.path("content")));
    }

    private static List<HostEvent> pushed(String repository, JsonNode resource) {
        List<HostEvent> events = new ArrayList<>();
        Sender sender = sender(resource.path("pushedBy"));
        for (JsonNode update : resource.path("refUpdates")) {
            String ref = text(update.path("name"));
            Optional<String> commit = commit(update.path("newObjectId"));
            if (commit.isPresent() && ref.startsWith(Words.HEADS)) {
                events.add(new HostEvent.Pushed(
                        repository,
                        ref.substring(Words.HEADS.length()),
                        commit.get(),
                        commit(update.path("oldObjectId")),
                        sender,
                        "",
                        ""));
            } else if (commit.isPresent() && ref.startsWith(Words.TAGS)) {
                events.add(
                        new HostEvent.Tagged(repository, ref.substring(Words.TAGS.length()), commit.get(), sender, ""));
            } else {
                events.add(new HostEvent.Other(repository, ref + " was deleted"));
            }
        }
        return events;
    }

    /** From {@code https://dev.azure.com/organization/project/_git/name}, as people see it. */
    private static String name(JsonNode repository) {
        String address = text(repository.path("remoteUrl"));
        int path = address.indexOf('/', address.indexOf("://") + 3);
        return path < 0
                ? text(repository.path("name"))
                : address.substring(path + 1).replace("%20", " ");
    }

    private static Sender sender(JsonNode who) {
        return new Sender(text(who.path("displayName")), text(who.path("imageUrl")), "");
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository.replace(" ", "%20"));
    }

    @Override
    public Optional<String> nameIn(String path) {
        return Optional.of(path).filter(found -> PATH.matcher(found).matches());
    }

    @Override
    public String authorization(String token) {
        return "Basic " + Base64.getEncoder().encodeToString((":" + token).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.empty();
    }

    @Override
    public Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return known(api.get(at(repository) + "?" + VERSION));
    }

    /** Whatever its name and its project's. */
    @Override
    public Optional<Known> knownById(HostApi api, String repository, String id) throws HostRefused {
        String places = repository.split("/_git/", 2)[0];
        String organization = places.contains("/") ? places.substring(0, places.lastIndexOf('/')) : places;
        return known(api.get(below(organization) + "/_apis/git/repositories/" + inPath(id) + "?" + VERSION));
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        return read(api.get(at(repository) + "/pullRequests/" + number + "?" + VERSION));
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused {
        List<PullRequest> all = new ArrayList<>();
        JsonNode answer = api.get(at(repository) + "/pullrequests?searchCriteria.status=active&$top=200&" + VERSION);
        for (JsonNode each : answer.path("value")) {
            all.add(read(each));
        }
        return all;
    }

    private static PullRequest read(JsonNode json) throws HostRefused {
        return new PullRequest(
                json.path("pullRequestId").asLong(),
                text(json.path("title")),
                body(json.path("description")),
                text(json.path("repository").path("webUrl")) + "/pullrequest/"
                        + json.path("pullRequestId").asLong(),
                text(json.path("createdBy").path("uniqueName")),
                text(json.path("createdBy").path("id")),
                commit(json.path("lastMergeSourceCommit").path("commitId"))
                        .orElseThrow(
                                () -> new HostRefused(404, "the pull request has no head commit", Optional.empty())),
                text(json.path("sourceRefName")).replaceFirst("^" + Words.HEADS, ""),
                text(json.path("targetRefName")).replaceFirst("^" + Words.HEADS, ""),
                json.path("forkSource").isObject(),
                json.path("isDraft").asBoolean(false),
                text(json.path("status")).equals("active"));
    }

    /** Who could push the head into the repository itself may write there; the API has no question for others. */
    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) {
        return !of.fork();
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) throws HostRefused {
        int cut = status.context().indexOf('/');
        api.post(
                at(repository) + "/commits/" + status.commit() + "/statuses?" + VERSION,
                Map.of(
                        "state", word(status.state()),
                        "description", status.description(),
                        "targetUrl", status.url(),
                        "context",
                                Map.of(
                                        "genre",
                                        cut < 0 ? "" : status.context().substring(0, cut),
                                        "name",
                                        status.context().substring(cut + 1))));
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "succeeded";
            case FAILURE -> "failed";
            case ERROR -> "error";
        };
    }

    /** A comment is the first of a thread of its own, and its id here is the thread's. */
    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        String threads = at(repository) + "/pullRequests/" + number + "/threads";
        if (comment.isPresent()) {
            api.patch(threads + "/" + inPath(comment.get()) + "/comments/1?" + VERSION, Map.of("content", text));
            return comment.get();
        }
        JsonNode thread = api.post(
                threads + "?" + VERSION,
                Map.of(
                        "comments",
                        List.of(Map.of("parentCommentId", 0, "content", text, "commentType", 1)),
                        "status",
                        "closed"));
        return text(thread.path("id"));
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.of(new AzureHooks(AzureDevOps::at));
    }

    @Override
    public int longestComment() {
        return 140_000;
    }

    /** {@code organization/project/_git/name}; a server's collection stands in the place of the organization. */
    private static String at(String repository) {
        String[] parts = repository.split("/_git/", 2);
        return below(parts[0]) + "/_apis/git/repositories/" + inPath(parts[parts.length - 1]);
    }

    private static String below(String places) {
        StringBuilder path = new StringBuilder();
        for (String part : places.split("/", -1)) {
            path.append('/').append(inPath(part));
        }
        return path.toString();
    }

    private static Optional<Known> known(JsonNode json) {
        return Optional.of(new Known(text(json.path("id")), name(json)));
    }
}
