package io.terrafleet.standalone.demo;

/** The platform did something else than the demo promises. */
public final class DemoBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DemoBroken(String message) {
        super(message);
    }
}
