package io.terrafleet.contracts.policy;

/** A {@code policies.hcl} that is none; the message says what is wrong and in which line. */
public final class PoliciesUnreadable extends Exception {
    public PoliciesUnreadable(String message) {
        super(message);
    }
}
