package io.terrafleet.api.host;

import java.time.Duration;
import java.util.Optional;

/** A host's API did not do what it was asked; the message is for people and tells no secret. */
public final class HostRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @org.jspecify.annotations.Nullable Duration after;

    /**
     * @param status of the answer, 0 when there was none
     * @param after how long the host wants to be left alone
     */
    HostRefused(int status, String message, Optional<Duration> after) {
        super(message);
        this.status = status;
        this.after = after.orElse(null);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public int status() {
        return status;
    }

    public Optional<Duration> after() {
        return Optional.ofNullable(after);
    }

    /** Whether asking for the same again cannot help: the host has understood and will not. */
    public boolean lasting() {
        return status == 400 || status == 404 || status == 405 || status == 409 || status == 410 || status == 422;
    }
}
