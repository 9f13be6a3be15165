package io.terrafleet.standalone.platform;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The terraform of this machine, if it has one. */
public final class LocalTerraform {
    /** What is downloaded where there is none. */
    private static final String PINNED = "1.11.4";

    private LocalTerraform() {}

    /** What {@code TERRAFLEET_TERRAFORM} names, otherwise the first on the PATH. */
    public static Optional<Path> find() {
        return environment("TERRAFLEET_TERRAFORM")
                .map(Path::of)
                .or(LocalTerraform::onPath)
                .filter(Files::isExecutable);
    }

    /** For a workspace that should not care: whatever is here, otherwise a version that is known to work. */
    public static String versionForWorkspace() {
        return find().isPresent() ? ">= 1.0.0" : PINNED;
    }

    private static Optional<Path> onPath() {
        return Arrays.stream(environment("PATH").orElse("").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
