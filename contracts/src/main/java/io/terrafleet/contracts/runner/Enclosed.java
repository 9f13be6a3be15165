package io.terrafleet.contracts.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Small files that ride inside a claim or a result and so need no request of their own; in JSON their content is base64.
 *
 * @param files at most {@value #MOST_BYTES} bytes each, by name: {@link #CONFIGURATION}, {@link #STATE} or {@link RunArtifact#word()}
 * @param absent names of files that do not exist, so that nobody asks for them
 */
public record Enclosed(Map<String, byte[]> files, List<String> absent) {
    /** Larger files travel alone. */
    public static final int MOST_BYTES = 49_152;

    public static final String CONFIGURATION = "configuration";
    public static final String STATE = "state";
    public static final Enclosed NOTHING = new Enclosed(Map.of(), List.of());

    /** @throws NullPointerException for a name without content */
    public Enclosed {
        files = Map.copyOf(files);
        absent = List.copyOf(absent);
    }

    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public String toString() {
        return "Enclosed" + files.keySet();
    }
}
