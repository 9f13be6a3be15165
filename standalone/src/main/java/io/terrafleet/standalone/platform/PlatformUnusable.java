package io.terrafleet.standalone.platform;

/** The platform cannot start as asked; the message says what to do and needs no stack trace. */
public final class PlatformUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PlatformUnusable(String message) {
        super(message);
    }

    public PlatformUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
