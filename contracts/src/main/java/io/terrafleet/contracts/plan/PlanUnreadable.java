package io.terrafleet.contracts.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** The bytes are not a plan document; the message says where and what was expected. Holds no values of the plan. */
public final class PlanUnreadable extends Exception {
    private static final String BEYOND =
            "the plan is beyond what is read: at most 200 levels deep, a text at most 20 million characters long";

    public PlanUnreadable(String message) {
        super(message);
    }

    public PlanUnreadable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Where the parser stopped and why; never what stands there. */
    public static PlanUnreadable notJson(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return new PlanUnreadable(BEYOND);
        }
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        String why = e instanceof JsonEOFException ? "it ends too early" : "it cannot be understood";
        return new PlanUnreadable("the plan is not JSON: " + place + why);
    }
}
