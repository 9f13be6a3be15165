package io.terrafleet.api.vcs;

/** The repository, or what is wanted of it, cannot be had; the message is for people and tells no secret. */
public final class RepositoryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    RepositoryRefused(String message) {
        this(message, false);
    }

    private RepositoryRefused(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    static RepositoryRefused forGood(String message) {
        return new RepositoryRefused(message, true);
    }

    /** The same of a part of the repository. */
    RepositoryRefused of(String part) {
        return new RepositoryRefused(part + ": " + reason(), lasting);
    }

    /** Never null, unlike that of other exceptions. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Whether asking again for the same cannot help. */
    public boolean lasting() {
        return lasting;
    }
}
