package io.terrafleet.api.host;

import java.util.Optional;

/** What happened in a repository, in our words. */
public sealed interface HostEvent {
    /** As the host writes it. */
    String repository();

    /**
     * @param before the commit that the branch was at; empty for a new branch
     * @param url of the commit's page
     * @param compareUrl of the page with what was pushed
     */
    record Pushed(
            String repository,
            String branch,
            String commit,
            Optional<String> before,
            Sender sender,
            String url,
            String compareUrl)
            implements HostEvent {}

    record Tagged(String repository, String tag, String commit, Sender sender, String url) implements HostEvent {}

    /** Opened, pushed to, reopened, ready for review, or with another base. */
    record PullRequestMoved(String repository, long number, Sender sender) implements HostEvent {}

    record PullRequestClosed(String repository, long number) implements HostEvent {}

    /**
     * Somebody has written a comment on a pull request.
     *
     * @param comment its id there
     * @param accountId what the host calls its author for good, whatever the name
     * @param text with its lines, at most 10,000 characters
     */
    record Commented(String repository, long number, String comment, String accountId, String login, String text)
            implements HostEvent {}

    /** @param repository the name from now on */
    record Renamed(String repository, String before) implements HostEvent {}

    /** @param what happened, or why it is nothing to us */
    record Other(String repository, String what) implements HostEvent {}

    /** Who did it; empty texts for what the host does not say. */
    record Sender(String name, String avatarUrl, String url) {
        public static final Sender UNKNOWN = new Sender("", "", "");
    }
}
