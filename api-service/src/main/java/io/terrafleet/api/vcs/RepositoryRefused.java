package io.terrafleet.api.vcs;

/** The repository, or what is wanted of it, cannot be had; the message is for people and tells no secret. */
public final class RepositoryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    RepositoryRefused(String message) {
        super(message);
    }

    /** Never null, unlike that of other exceptions. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
