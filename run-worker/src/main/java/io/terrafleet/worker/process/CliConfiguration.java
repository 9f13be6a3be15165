package io.terrafleet.worker.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The terraform CLI configuration that every run gets. */
final class CliConfiguration {
    private static final int PROVIDER_DEPTH = 3;

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
                    + quote(url.endsWith("/") ? url : url + "/") + "\n  }\n}\n");
        }
        if (settings.filesystemMirror().isPresent()) {
            return Optional.of(
                    filesystemMirror(settings.filesystemMirror().get().toAbsolutePath()));
        }
        return Optional.empty();
    }

    /**
     * terraform asks every method that might have a provider and takes the newest version of all; so what the mirror has is taken
     * from the direct method, or a machine without a network could not use the mirror.
     */
    private static String filesystemMirror(Path mirror) throws IOException {
        if (!Files.isDirectory(mirror)) {
            throw new IOException("terrafleet.worker.process.provider.filesystem-mirror names " + mirror
                    + ", which is not a directory");
        }
        String mirrored =
                providers(mirror).stream().map(CliConfiguration::quote).collect(Collectors.joining(", "));
        return "provider_installation {\n  filesystem_mirror {\n    path    = " + quote(mirror.toString())
                + "\n    include = [" + mirrored + "]\n  }\n  direct {\n    exclude = [" + mirrored + "]\n  }\n}\n";
    }

    /** {@code HOST/NAMESPACE/TYPE} of each provider in the mirror. */
    private static List<String> providers(Path mirror) throws IOException {
        try (Stream<Path> entries = Files.find(
                mirror,
                PROVIDER_DEPTH,
                (path, attributes) ->
                        Files.isDirectory(path) && mirror.relativize(path).getNameCount() == PROVIDER_DEPTH)) {
            return entries.map(path -> mirror.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String quote(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("${", "$${")
                        .replace("%{", "%%{") + "\"";
    }
}
