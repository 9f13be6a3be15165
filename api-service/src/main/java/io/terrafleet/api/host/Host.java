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

    /**
     * What it calls the repository that is at a path of it, as {@link #cloneAddress} or its pages have it; empty for what is none.
     *
     * @param path without slashes at its ends, and without {@code .git}
     */
    default Optional<String> nameIn(String path) {
        return Optional.of(path)
                .filter(found -> found.chars().filter(it -> it == '/').count() == 1);
    }

    /** Where people look at the repository, without a slash at its end. */
    default String page(URI base, String repository) {
        return base.toString().replaceAll("/+$", "") + "/" + repository.replace(" ", "%20");
    }

    /**
     * Where people look at one commit; empty at a host whose pages nobody knows.
     *
     * @param page of its repository
     */
    default Optional<String> commitPage(String page, String commit) {
        return Optional.of(page + "/commit/" + commit);
    }

    /** The value of the header {@code Authorization} of its API. */
    String authorization(String token);

    /** The name under which the host keeps the head of a pull request, forks included. */
    Optional<String> headRef(long number);

    /** The repository of that name, as it is called now: many hosts answer under an earlier name too. Empty where there is nobody to ask. */
    default Optional<Known> known(HostApi api, String repository) throws HostRefused {
        return Optional.empty();
    }

    /**
     * The repository with that id, whatever it is called now; empty for a host that is not asked so.
     *
     * @param repository what it was called when it was last asked
     */
    default Optional<Known> knownById(HostApi api, String repository, String id) throws HostRefused {
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
     * What a host knows a repository by.
     *
     * @param id for good; empty where it does not say
     */
    record Known(String id, String name) {}

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
