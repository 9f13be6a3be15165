package io.terrafleet.runner;

/** terraform could not do it; the message is for people and holds no secrets. */
final class PhaseFailed extends Exception {
    private final int exitCode;

    PhaseFailed(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
