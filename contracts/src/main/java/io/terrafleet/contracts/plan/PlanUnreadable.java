package io.terrafleet.contracts.plan;

/** The bytes are not a plan document; the message says where and what was expected. Holds no values of the plan. */
public final class PlanUnreadable extends Exception {
    public PlanUnreadable(String message) {
        super(message);
    }

    public PlanUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
