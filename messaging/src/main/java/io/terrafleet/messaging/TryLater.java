package io.terrafleet.messaging;

/** What a handler throws when something it needs is away: the record is tried again until it is back, and never given up. */
public final class TryLater extends RuntimeException {
    public TryLater(String message, Throwable cause) {
        super(message, cause);
    }

    public TryLater(String message) {
        super(message);
    }
}
