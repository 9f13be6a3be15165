package io.terrafleet.contracts.usage;

/** A usage file that is none; the message says what is wrong and where. */
public final class UsageUnreadable extends Exception {
    public UsageUnreadable(String message) {
        super(message);
    }

    public UsageUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
