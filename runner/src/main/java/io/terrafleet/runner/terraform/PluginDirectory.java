package io.terrafleet.runner.terraform;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory with providers, as {@code terraform providers mirror} lays them out, and terraform's CLI configuration that takes them from
 * there. terraform asks every method that might have a provider, takes the newest version of all and fails when one does not answer: so
 * what the directory has is taken from the others, or a machine that reaches no registry could not use it.
 */
public final class PluginDirectory {
    private static final int PROVIDER_DEPTH = 3;

    private PluginDirectory() {}

    /**
     * The text of a CLI configuration.
     *
     * @param networkMirror base URL of what has the other providers, with a slash at its end; without it their registries have them
     * @throws IOException when the directory cannot be listed; says which
     */
    public static String cliConfiguration(Path directory, Optional<String> networkMirror) throws IOException {
        String here = providers(directory).stream().map(PluginDirectory::quote).collect(Collectors.joining(", "));
        String others = networkMirror
                .map(url -> "  network_mirror {\n    url     = " + quote(url) + "\n")
                .orElse("  direct {\n");
        return "provider_installation {\n  filesystem_mirror {\n    path    = " + quote(directory.toString())
                + "\n    include = [" + here + "]\n  }\n" + others + "    exclude = [" + here + "]\n  }\n}\n";
    }

    /** {@code HOST/NAMESPACE/TYPE} of each. */
    private static List<String> providers(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ", which is to have terraform's providers, is not a directory");
        }
        try (Stream<Path> entries = Files.find(
                directory,
                PROVIDER_DEPTH,
                (path, attributes) ->
                        attributes.isDirectory() && directory.relativize(path).getNameCount() == PROVIDER_DEPTH,
                FileVisitOption.FOLLOW_LINKS)) {
            return entries.map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(directory + ", which is to have terraform's providers, cannot be read", e);
        }
    }

    /** As a string of terraform's language. */
    public static String quote(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("${", "$${")
                        .replace("%{", "%%{") + "\"";
    }
}
