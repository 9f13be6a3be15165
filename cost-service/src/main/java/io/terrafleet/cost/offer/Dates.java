package io.terrafleet.cost.offer;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Days as lists write them: {@code 2023-03-22T14:56:51Z}, or just the day. */
final class Dates {
    private Dates() {}

    static LocalDate day(String text, String what) throws OfferUnreadable {
        try {
            return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        } catch (DateTimeException e) {
            throw new OfferUnreadable(what + " must be a day like 2023-03-22, not \"" + Rows.shown(text) + "\"", e);
        }
    }
}
