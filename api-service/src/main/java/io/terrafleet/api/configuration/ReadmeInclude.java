package io.terrafleet.api.configuration;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The README of the workspace's newest configuration, beside what terraform reads: at most 512 KiB of it. */
@ApplicationScoped
class ReadmeInclude implements WorkspaceInclude {
    private static final int MOST_BYTES = 524_288;

    private final Configurations configurations;

    ReadmeInclude(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String name() {
        return "readme";
    }

    @Override
    public String relationship() {
        return "readme";
    }

    @Override
    public Permission needed() {
        return Permission.READ_RUNS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return configurations.latestUploaded(workspace.id()).stream()
                .flatMap(configuration -> text(configuration, workspace.workingDirectory()).stream())
                .map(text ->
                        Resource.of("workspace-readme", workspace.id().value()).with("raw-markdown", text))
                .toList();
    }

    /** The archive was checked when it was uploaded. */
    private Optional<String> text(ConfigurationVersion configuration, String workingDirectory) {
        try (InputStream packed = configurations.content(configuration.id());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(packed), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && isReadme(entry.getName(), workingDirectory)) {
                    return Optional.of(new String(tar.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration " + configuration.id() + " cannot be read", e);
        }
    }

    private static boolean isReadme(String name, String workingDirectory) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        String inside = workingDirectory.isEmpty() ? "" : workingDirectory.replaceAll("/+$", "") + "/";
        return path.startsWith(inside)
                && path.substring(inside.length()).toLowerCase(Locale.ROOT).equals("readme.md");
    }
}
