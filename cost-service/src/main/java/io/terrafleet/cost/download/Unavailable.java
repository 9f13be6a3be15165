package io.terrafleet.cost.download;

/** The api has no such thing, or not the one that was announced: asking again cannot help. The message begins a sentence. */
public final class Unavailable extends Exception {
    private final String reason;

    Unavailable(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
