package io.terrafleet.api.usage;

import io.terrafleet.api.configuration.ConfigurationUploaded;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jboss.logging.Logger;

/**
 * Keeps the {@code infracost-usage.yml} that lies in the working directory of an uploaded configuration. It is not checked here: one that
 * is wrong must not stop a run, so the estimate says it.
 */
@ApplicationScoped
class UsageInArchive {
    private static final Logger LOG = Logger.getLogger(UsageInArchive.class);
    private static final String NAME = "infracost-usage.yml";

    private final UsageFiles files;
    private final Configurations configurations;
    private final Workspaces workspaces;

    UsageInArchive(UsageFiles files, Configurations configurations, Workspaces workspaces) {
        this.files = files;
        this.configurations = configurations;
        this.workspaces = workspaces;
    }

    void uploaded(@Observes ConfigurationUploaded event) {
        ConfigurationVersion configuration = event.configuration();
        Optional<Workspace> workspace = workspaces.find(configuration.workspace());
        workspace
                .flatMap(owner -> found(configuration, owner.workingDirectory()))
                .ifPresent(yaml -> files.shipped(
                        configuration.id(), workspace.orElseThrow().place(), yaml, configuration.createdByName()));
    }

    /** The archive was checked before. */
    private Optional<byte[]> found(ConfigurationVersion configuration, String workingDirectory) {
        String wanted =
                workingDirectory.isEmpty() ? NAME : workingDirectory.replaceAll("^(\\./)?|/+$", "") + "/" + NAME;
        try (InputStream packed = configurations.content(configuration.id());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(packed), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
                if (entry.isFile() && path.equals(wanted)) {
                    return bounded(configuration, tar.readNBytes(UsageFiles.MOST_BYTES + 1));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration " + configuration.id() + " cannot be read", e);
        }
    }

    private static Optional<byte[]> bounded(ConfigurationVersion configuration, byte[] yaml) {
        if (yaml.length > UsageFiles.MOST_BYTES) {
            LOG.warnf(
                    "workspaceId=%s: %s of configuration %s has more than %d bytes and is not used",
                    configuration.workspace(), NAME, configuration.id(), UsageFiles.MOST_BYTES);
            return Optional.empty();
        }
        return Optional.of(yaml);
    }
}
