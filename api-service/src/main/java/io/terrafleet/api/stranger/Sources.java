package io.terrafleet.api.stranger;

import java.io.IOException;
import java.util.Map;

/** The files of a commit, as far as they can be configuration. */
public interface Sources {
    /**
     * Of a directory itself.
     *
     * @return by name; empty texts are told from files that are too large to be read by {@link Text#whole}
     */
    Map<String, Text> in(String directory) throws IOException;

    /** @param whole whether all of it is there */
    record Text(String content, boolean whole) {}
}
