package io.terrafleet.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The terraform binary of this machine, for tests that drive the real one. */
public final class Terraform {
    private Terraform() {}

    /** What {@code TERRAFLEET_TERRAFORM} names, otherwise the first on the PATH. */
    public static Optional<Path> find() {
        String named = System.getenv("TERRAFLEET_TERRAFORM");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The binary; without one the test is skipped and says so. */
    public static Path orSkip() {
        Optional<Path> found = find();
        Assumptions.assumeTrue(
                found.isPresent(), "skipped: terraform absent (put it on the PATH or name it in TERRAFLEET_TERRAFORM)");
        return found.orElseThrow();
    }
}
