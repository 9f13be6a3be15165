package io.terrafleet.api.stranger;

/** A file is not what its name says; the message says where it stops to be. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
