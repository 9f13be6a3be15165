package io.terrafleet.cost.resource;

/** The plan says something of a resource that no price can be put on; the message is a sentence without values of the plan. */
public final class Unpriceable extends RuntimeException {
    public Unpriceable(String message) {
        super(message, null, false, false);
    }
}
