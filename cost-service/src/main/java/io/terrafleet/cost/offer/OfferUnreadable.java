package io.terrafleet.cost.offer;

/** A price list that cannot be taken; nothing of it was. The message says what is wrong and where. */
public final class OfferUnreadable extends Exception {
    public OfferUnreadable(String message) {
        super(message);
    }

    public OfferUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
