package io.terrafleet.runner.platform;

/** The platform has given this runner up: it must stop terraform at once and write nothing more. */
public final class Fenced extends Exception {
    public Fenced(String message) {
        super(message);
    }
}
