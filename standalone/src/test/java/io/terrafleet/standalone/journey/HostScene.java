package io.terrafleet.standalone.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeRepository;
import io.terrafleet.testkit.GitForge;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A git host with a repository, connected to the platform of the journeys, which it tells of everything. */
final class HostScene implements AutoCloseable {
    static final String NAME = "acme/network";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final GitForge forge;
    final ForgeRepository repository;

    private final Running platform;
    private final String organization;
    private final CliCalls calls;
    private String token = "";

    /**
     * @param directory an empty one
     * @param organization that it is connected to
     */
    HostScene(Path directory, Running platform, String organization) throws Exception {
        this.platform = platform;
        this.organization = organization;
        this.calls = platform.calls();
        forge = new GitForge(directory);
        repository = forge.repository(NAME);
        forge.permit("ada", "write");
    }

    void connect() throws IOException, InterruptedException {
        JsonNode client = make(
                        "organizations/" + organization + "/oauth-clients",
                        Map.of(
                                "service-provider",
                                "github_enterprise",
                                "http-url",
                                forge.base().toString(),
                                "api-url",
                                forge.api().toString(),
                                "oauth-token-string",
                                GitForge.TOKEN))
                .path("data");
        JsonNode webhook = make("oauth-clients/" + client.path("id").asText() + "/webhook", Map.of())
                .path("data")
                .path("attributes");
        forge.tell(
                URI.create(webhook.path("url").asText()), webhook.path("secret").asText());
        token = client.path("relationships")
                .path("oauth-tokens")
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    /**
     * One that follows the repository, and has taken its first configuration.
     *
     * @param repo of its attribute {@code vcs-repo}, besides what is the same for all
     * @return its id
     */
    String workspace(String name, Map<String, Object> repo) {
        Map<String, Object> whole = new HashMap<>(repo);
        whole.putAll(mainBranch());
        String id = platform.api()
                .createWorkspace(
                        organization, name, Map.of("auto-apply", true, "queue-all-runs", false, "vcs-repo", whole));
        Await.until(name + " has a configuration", PATIENCE, () -> !get("workspaces/" + id + "/configuration-versions")
                .path("data")
                .isEmpty());
        return id;
    }

    /** The repository's main branch, as an attribute {@code vcs-repo}. */
    Map<String, Object> mainBranch() {
        return Map.of("identifier", NAME, "branch", "main", "oauth-token-id", token);
    }

    JsonNode make(String path, Map<String, Object> attributes) throws IOException, InterruptedException {
        return calls.send("POST", path, Map.of("data", Map.of("attributes", attributes)));
    }

    JsonNode get(String path) {
        try {
            return calls.send("GET", path, Map.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The change of the commit, once it is so. */
    JsonNode change(String commit, String status) {
        return Await.value("the change of " + commit + " is " + status, PATIENCE, () -> {
            for (JsonNode each : get("organizations/" + organization + "/repository-changes?page%5Bsize%5D=100")
                    .path("data")) {
                JsonNode attributes = each.path("attributes");
                if (attributes.path("commit-sha").asText().equals(commit)
                        && attributes.path("status").asText().equals(status)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        });
    }

    void approve(JsonNode change) throws IOException, InterruptedException {
        make("repository-changes/" + change.path("id").asText() + "/actions/approve", Map.of());
    }

    String context(String workspace) {
        return "terrafleet/" + organization + "/" + workspace;
    }

    GitForge.Status says(String commit, String context, String state) {
        return Await.value(context + " of " + commit + " says " + state, PATIENCE, () -> forge.status(commit, context)
                .filter(status -> status.state().equals(state)));
    }

    String comment(long number, String text) {
        return Await.value("a comment with " + text, PATIENCE, () -> forge.comments(NAME, number).stream()
                .map(GitForge.Comment::text)
                .filter(found -> found.contains(text))
                .findFirst());
    }

    @Override
    public void close() throws Exception {
        forge.close();
    }
}
