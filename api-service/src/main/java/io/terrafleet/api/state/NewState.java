package io.terrafleet.api.state;

import io.terrafleet.api.problem.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A state that somebody wants to store.
 *
 * @param md5 of the raw state, 32 hexadecimal digits; lower case here
 * @param lineage may be left out, then the file's own counts
 * @param force store it even though serial or lineage say that it does not follow the current one
 */
public record NewState(long serial, String md5, Optional<String> lineage, boolean force) {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    public NewState {
        if (serial < 0) {
            throw Problem.invalid("serial", "Serial must not be negative");
        }
        if (!MD5.matcher(md5).matches()) {
            throw Problem.invalid("md5", "Md5 must be 32 hexadecimal digits, the MD5 of the raw state");
        }
        lineage.ifPresent(text -> {
            if (text.length() > 200) {
                throw Problem.invalid("lineage", "Lineage is too long (at most 200 characters)");
            }
        });
        md5 = md5.toLowerCase(Locale.ROOT);
    }
}
