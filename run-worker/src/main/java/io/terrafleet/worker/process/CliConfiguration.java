package io.terrafleet.worker.process;

import io.terrafleet.runner.terraform.PluginDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The terraform CLI configuration that every run gets. */
final class CliConfiguration {
    private CliConfiguration() {}

    /**
     * Writes the file that the settings ask for.
     *
     * @param directory of the worker's own
     * @return the file; empty when terraform's own defaults are wanted
     */
    static Optional<Path> write(ProcessConfig.Provider settings, Path directory) throws IOException {
        if (settings.cliConfig().isPresent()) {
            Path given = settings.cliConfig().get().toAbsolutePath();
            if (!Files.isReadable(given)) {
                throw new IOException(
                        "terrafleet.worker.process.provider.cli-config names " + given + ", which cannot be read");
            }
            return Optional.of(given);
        }
        Optional<String> installation = installation(settings);
        if (installation.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(directory);
        Path file = directory.toAbsolutePath().resolve("terraform.rc");
        Path temporary = file.resolveSibling("terraform.rc.new");
        Files.writeString(temporary, installation.get(), StandardCharsets.UTF_8);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(file);
    }

    private static Optional<String> installation(ProcessConfig.Provider settings) throws IOException {
        if (settings.networkMirror().isPresent()) {
            String url = settings.networkMirror().get().toString();
            return Optional.of("provider_installation {\n  network_mirror {\n    url = "
                    + PluginDirectory.quote(url.endsWith("/") ? url : url + "/") + "\n  }\n}\n");
        }
        if (settings.filesystemMirror().isPresent()) {
            return Optional.of(
                    filesystemMirror(settings.filesystemMirror().get().toAbsolutePath()));
        }
        return Optional.empty();
    }

    private static String filesystemMirror(Path mirror) throws IOException {
        if (!Files.isDirectory(mirror)) {
            throw new IOException("terrafleet.worker.process.provider.filesystem-mirror names " + mirror
                    + ", which is not a directory");
        }
        return PluginDirectory.cliConfiguration(mirror, Optional.empty());
    }
}
