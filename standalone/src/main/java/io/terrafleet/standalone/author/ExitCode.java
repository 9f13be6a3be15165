package io.terrafleet.standalone.author;

/** What the tools end with, for scripts. */
final class ExitCode {
    /** Everything holds. */
    static final int PASSED = 0;

    /** A policy or a test fails, a file is not well formed, a promise does not hold. */
    static final int FAILED = 1;

    /** Nothing could be said: wrong usage, an unreadable file, a policy that does not compile. */
    static final int UNUSABLE = 2;

    /** Nothing fails, but something is known only after apply. */
    static final int UNDECIDED = 3;

    private ExitCode() {}
}
