package io.terrafleet.api.host;

import static io.terrafleet.api.host.Words.commit;
import static io.terrafleet.api.host.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.host.HostEvent.Sender;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A git server without an API: it is looked at now and then, or its hook sends JSON of our own making, {@code {"repository", "ref", "before",
 * "after", "sender"}}, with its HMAC-SHA256 in the header {@code X-Terrafleet-Signature-256}. It has no pull requests, and nothing can be said
 * there.
 */
final class PlainGit implements Host {
    @Override
    public Heading heading(Headers headers, byte[] body) {
        return new Heading(headers.of("X-Terrafleet-Delivery"), "push");
    }

    @Override
    public boolean authentic(Headers headers, byte[] body, String secret) {
        return Signatures.hmac(headers.of("X-Terrafleet-Signature-256"), body, secret);
    }

    @Override
    public List<HostEvent> events(String event, JsonNode body) {
        String repository = text(body.path("repository"));
        String ref = text(body.path("ref"));
        Optional<String> after = commit(body.path("after"));
        Sender sender = new Sender(text(body.path("sender")), "", "");
        if (after.isPresent() && ref.startsWith(Words.HEADS)) {
            String branch = ref.substring(Words.HEADS.length());
            return List.of(
                    new HostEvent.Pushed(repository, branch, after.get(), commit(body.path("before")), sender, "", ""));
        }
        if (after.isPresent() && ref.startsWith(Words.TAGS)) {
            String tag = ref.substring(Words.TAGS.length());
            return List.of(new HostEvent.Tagged(repository, tag, after.get(), sender, ""));
        }
        return List.of(new HostEvent.Other(repository, ref.isEmpty() ? "it names no ref" : ref + " was deleted"));
    }

    @Override
    public URI cloneAddress(URI base, String repository) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + repository + ".git");
    }

    /** Where it is is all that is known of it. */
    @Override
    public Optional<String> nameIn(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<String> commitPage(String page, String commit) {
        return Optional.empty();
    }

    @Override
    public String authorization(String token) {
        return "";
    }

    @Override
    public Optional<String> headRef(long number) {
        return Optional.empty();
    }

    @Override
    public PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused {
        throw new HostRefused(404, "a plain git server has no pull requests", Optional.empty());
    }

    @Override
    public List<PullRequest> openPullRequests(HostApi api, String repository) {
        return List.of();
    }

    @Override
    public boolean mayWrite(HostApi api, String repository, PullRequest of) {
        return false;
    }

    @Override
    public void status(HostApi api, String repository, CommitStatus status) {
        // nobody there to be told
    }

    @Override
    public String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused {
        throw new HostRefused(404, "a plain git server has no comments", Optional.empty());
    }

    @Override
    public Optional<HostHooks> hooks() {
        return Optional.empty();
    }

    @Override
    public int longestComment() {
        return 0;
    }
}
