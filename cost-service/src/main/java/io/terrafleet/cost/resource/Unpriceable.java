package io.terrafleet.cost.resource;

/** The plan says something of a resource that no price can be put on; the reason is a sentence without values of the plan. */
public final class Unpriceable extends RuntimeException {
    private final String reason;

    public Unpriceable(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
