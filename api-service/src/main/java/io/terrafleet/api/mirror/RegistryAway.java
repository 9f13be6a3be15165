package io.terrafleet.api.mirror;

/** A registry gave no usable answer: it is away, slow or says what it should not. */
final class RegistryAway extends Exception {
    RegistryAway(String message) {
        super(message);
    }

    RegistryAway(String message, Throwable cause) {
        super(message, cause);
    }
}
