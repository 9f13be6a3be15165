package io.terrafleet.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The data beside the project ({@code ../shared}), which a clone need not have. */
public final class SharedData {
    private SharedData() {}

    /**
     * A file or directory under it; without it the test is skipped and says so.
     *
     * @param relative for example {@code data/plans}
     */
    public static Path orSkip(String relative) {
        String root = System.getProperty("terrafleet.root", System.getProperty("user.dir", "."));
        Path path = Path.of(root).toAbsolutePath().resolveSibling("shared").resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), "skipped: data absent (" + path + ")");
        return path;
    }
}
