package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One kind of git host. What comes in by a webhook only says that something happened: what a pull request is now, its API says. Repositories
 * are named as people name them there: {@code owner/name}, or with subgroups.
 */
public interface Host {
    /** What the delivery says of itself; read before its signature is looked at, so nothing here is to be believed. */
    Heading heading(Headers headers, byte[] body);

    /** Whether only somebody who knows the secret can have sent it; compared in constant time. */
    boolean authentic(Headers headers, byte[] body, String secret);

    /** What happened, in order; a delivery that is nothing to us is one {@link HostEvent.Other}. */
    List<HostEvent> events(String event, JsonNode body);

    /** Where the repository is fetched from. */
    URI cloneAddress(URI base, String repository);

    /** The value of the header {@code Authorization} of its API. */
    String authorization(String token);

    /** The name under which the host keeps the head of a pull request, forks included. */
    Optional<String> headRef(long number);

    /** What the repository is called now, by a host that answers under an earlier name too; empty for one that does not say. */
    default Optional<String> nameNow(HostApi api, String repository) throws HostRefused {
        return Optional.empty();
    }

    PullRequest pullRequest(HostApi api, String repository, long number) throws HostRefused;

    /** Those that are open; at most 200. */
    List<PullRequest> openPullRequests(HostApi api, String repository) throws HostRefused;

    /** Whether somebody may push to the repository itself. */
    boolean mayWrite(HostApi api, String repository, PullRequest of) throws HostRefused;

    void status(HostApi api, String repository, CommitStatus status) throws HostRefused;

    /**
     * Writes a comment on a pull request, or what stands in one.
     *
     * @param comment the id of the one that is written anew
     * @return the comment's id
     */
    String comment(HostApi api, String repository, long number, Optional<String> comment, String text)
            throws HostRefused;

    /** In characters. */
    int longestComment();

    /** How its webhooks are made; empty where the host has no API for that. */
    Optional<HostHooks> hooks();

    /**
     * What a delivery says of itself.
     *
     * @param delivery what tells it from others; empty when the host gives nothing
     * @param event the host's word for what happened
     */
    record Heading(Optional<String> delivery, String event) {}

    /** The headers of a delivery, whatever their case. */
    interface Headers {
        Optional<String> of(String name);
    }
}
