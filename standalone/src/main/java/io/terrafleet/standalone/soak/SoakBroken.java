package io.terrafleet.standalone.soak;

/** The round itself cannot go on; says nothing about the platform's promises. */
final class SoakBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    SoakBroken(String message) {
        super(message);
    }

    SoakBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
