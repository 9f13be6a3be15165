package io.terrafleet.policy.policyset;

/** The set cannot be judged by: its bundle is not what it should be, or its text does not compile. The message is for people. */
public final class PolicySetUnusable extends Exception {
    public PolicySetUnusable(String message) {
        super(message);
    }
}
