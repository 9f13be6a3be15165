package io.terrafleet.api.host;

/**
 * A pull request, or merge request, as it is now.
 *
 * @param body at most 10,000 characters
 * @param author their name there
 * @param authorId what the host's API calls them, where that is something else
 * @param head the newest commit, 40 hexadecimal digits
 * @param branch where the head is
 * @param base the branch that it is to be merged into
 * @param fork whether the head is in another repository
 */
public record PullRequest(
        long number,
        String title,
        String body,
        String url,
        String author,
        String authorId,
        String head,
        String branch,
        String base,
        boolean fork,
        boolean draft,
        boolean open) {}
