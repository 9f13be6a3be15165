package io.terrafleet.api.host;

/**
 * What is said of a commit.
 *
 * @param context what it is about, the same from state to state
 * @param description at most 140 characters, which every host takes
 * @param url of the page with more
 */
public record CommitStatus(String commit, String context, State state, String description, String url) {
    public static final int LONGEST_DESCRIPTION = 140;

    public CommitStatus {
        description = description.length() > LONGEST_DESCRIPTION
                ? description.substring(0, LONGEST_DESCRIPTION - 1) + "…"
                : description;
    }

    /** How it stands; each host has its own words. */
    public enum State {
        PENDING,
        RUNNING,
        SUCCESS,
        FAILURE,
        ERROR
    }
}
