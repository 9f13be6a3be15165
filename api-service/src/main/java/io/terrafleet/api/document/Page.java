package io.terrafleet.api.document;

import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: {@code page[number]} from 1, {@code page[size]} 1 to 100, 20 unless told.
 */
public record Page(int number, int size) {
    public static final int MOST = 100;

    public static Page of(UriInfo uri) {
        return new Page(positive(uri, "page[number]", 1, 1_000_000), positive(uri, "page[size]", 20, MOST));
    }

    /** Rows before the page. */
    public int offset() {
        return Math.multiplyExact(number - 1, size);
    }

    /** How many there are in all, when the page itself tells: it is the last one, and not empty. */
    public OptionalLong total(int found) {
        return found < size && (found > 0 || number == 1)
                ? OptionalLong.of((long) offset() + found)
                : OptionalLong.empty();
    }

    private static int positive(UriInfo uri, String name, int otherwise, int most) {
        @Nullable String text = uri.getQueryParameters().getFirst(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 1) {
                return Math.min(value, most);
            }
        } catch (NumberFormatException e) {
            throw Problem.malformed(name + " must be a number from 1, not \"" + text + "\"");
        }
        throw Problem.malformed(name + " must be a number from 1, not \"" + text + "\"");
    }
}
