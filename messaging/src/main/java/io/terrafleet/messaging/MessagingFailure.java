package io.terrafleet.messaging;

/** The database refused what messaging needs of it. */
public final class MessagingFailure extends RuntimeException {
    public MessagingFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
