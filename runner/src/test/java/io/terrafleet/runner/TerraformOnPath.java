package io.terrafleet.runner;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The real binary, or a skipped test that says so. */
final class TerraformOnPath {
    private TerraformOnPath() {}

    static Path binary() {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "skipped: no terraform on the PATH");
        return found.orElseThrow();
    }
}
