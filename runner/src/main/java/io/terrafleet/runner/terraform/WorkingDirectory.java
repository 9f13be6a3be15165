package io.terrafleet.runner.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The directory that terraform works in: found inside the configuration, freed of leftovers, its state turned to a local file. */
public final class WorkingDirectory {
    static final String OVERRIDE = "zz_terrafleet_override.tf";
    private static final String STATE = "terraform.tfstate";
    private static final List<String> LEFTOVERS = List.of(STATE, "environment", "providers");

    private WorkingDirectory() {}

    /**
     * @param relative as the workspace has it; empty for the root
     * @throws IOException when there is no such directory inside the configuration; the message is for people
     */
    public static Path find(Path configuration, String relative) throws IOException {
        String stripped = relative.replaceAll("^/+", "");
        Path directory = configuration.resolve(stripped).normalize();
        if (!directory.startsWith(configuration)) {
            throw new IOException("the working directory \"" + relative + "\" is outside the configuration");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("the working directory \"" + relative + "\" is not in the configuration");
        }
        Path real = directory.toRealPath();
        if (!real.startsWith(configuration.toRealPath())) {
            throw new IOException("the working directory \"" + relative + "\" is outside the configuration");
        }
        return real;
    }

    /** Leftovers of another terraform that were uploaded by mistake: they would point at another state or bring strange binaries. */
    public static List<Path> leftovers(Path directory) {
        Path dot = dataDirectory(directory);
        return Files.isSymbolicLink(dot)
                ? List.of(dot)
                : LEFTOVERS.stream().map(dot::resolve).toList();
    }

    /** Where terraform keeps what init installs; TF_DATA_DIR cannot move it. */
    public static Path dataDirectory(Path directory) {
        return directory.resolve(".terraform");
    }

    public static Path override(Path directory) {
        return directory.resolve(OVERRIDE);
    }

    /**
     * Whatever backend or cloud block the configuration has, terraform keeps the state in {@code terraform.tfstate} of this directory. The path is written relative to
     * the directory: a saved plan remembers it, and is applied somewhere else.
     */
    public static void useState(Path directory, Path stateDirectory) throws IOException {
        Path override = override(directory);
        Files.deleteIfExists(override);
        Path state = directory.relativize(stateDirectory.toRealPath()).resolve(STATE);
        String text =
                "terraform {\n  backend \"local\" {\n    path = " + VariableFile.quote(state.toString()) + "\n  }\n}\n";
        Files.write(
                override,
                text.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }
}
