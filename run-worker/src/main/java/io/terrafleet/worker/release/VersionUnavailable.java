package io.terrafleet.worker.release;

/** The version that was asked for cannot be had; the message says how to provide it. */
public final class VersionUnavailable extends Exception {
    public VersionUnavailable(String message) {
        super(message);
    }

    public VersionUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
