package io.terrafleet.api.configuration;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to configurations that are commits of a repository. All of one content share one archive. */
@ApplicationScoped
public class Ingestions {
    /** The source of such configurations and of the runs that they start. */
    public static final String SOURCE = "tfe-configuration-version";

    private final ConfigurationStore store;
    private final ConfigurationConfig config;
    private final Artifacts artifacts;
    private final Event<ConfigurationUploaded> uploads;
    private final InstantSource clock;
    private final RandomGenerator random;

    Ingestions(
            ConfigurationStore store,
            ConfigurationConfig config,
            Artifacts artifacts,
            Event<ConfigurationUploaded> uploads,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.clock = clock;
        this.random = random;
    }

    /** Most bytes of the files of a commit, and most files: as of an upload. */
    public long mostBytes() {
        return config.mostUnpackedBytes();
    }

    public int mostFiles() {
        return config.mostEntries();
    }

    /** The archive of a content that was taken before and is still kept. */
    @Transactional
    public Optional<ArtifactRef> archive(String key) {
        return store.archive(key).flatMap(row -> Configurations.view(row).archive());
    }

    /**
     * Keeps an archive after it was found to be safe to unpack.
     *
     * @throws Problem 422 with the reason why it is not
     */
    public ArtifactRef keep(byte[] archive) {
        try (InputStream packed = new ByteArrayInputStream(archive)) {
            ArchiveCheck.check(packed, config.limits());
        } catch (ArchiveRefused e) {
            throw Problem.unprocessable(e.sentence());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return artifacts.store(archive);
    }

    /**
     * A configuration that is uploaded already.
     *
     * @param archiveKey names the content of the archive within its organization
     */
    @Transactional
    public ConfigurationVersion create(
            WorkspaceId workspace, Ingress ingress, boolean speculative, String archiveKey, ArtifactRef archive) {
        ConfigurationEntity row = new ConfigurationEntity();
        row.id = Ids.make("cv", random);
        row.workspaceId = workspace.value();
        row.status = "uploaded";
        row.speculative = speculative;
        row.source = SOURCE;
        row.uploadKeyHash = AddressKey.make(random).hash();
        row.createdById = "";
        row.createdByName = ingress.senderUsername();
        row.createdAt = clock.instant();
        row.uploadExpiresAt = row.createdAt;
        row.uploadedAt = row.createdAt;
        row.artifactId = archive.id();
        row.artifactSha256 = archive.sha256();
        row.artifactSize = archive.size();
        row.archiveKey = archiveKey;
        row.commitSha = ingress.commitSha();
        row.ingress = new String(Json.write(ingress), StandardCharsets.UTF_8);
        store.add(row);
        ConfigurationVersion created = Configurations.view(row);
        uploads.fire(new ConfigurationUploaded(created));
        return created;
    }

    /**
     * The content of a configuration that was good for plans only, to be applied; it never becomes the workspace's latest.
     *
     * @throws Problem 410 when it is not kept any more
     */
    @Transactional
    public ConfigurationVersion toApply(String id) {
        ConfigurationEntity planned = store.find(id)
                .filter(row -> row.status.equals("uploaded"))
                .orElseThrow(() -> Problem.gone("The configuration of the plan is not kept any more."));
        ConfigurationEntity row = new ConfigurationEntity();
        row.id = Ids.make("cv", random);
        row.workspaceId = planned.workspaceId;
        row.status = planned.status;
        row.provisional = true;
        row.source = SOURCE;
        row.uploadKeyHash = AddressKey.make(random).hash();
        row.createdById = "";
        row.createdByName = planned.createdByName;
        row.createdAt = clock.instant();
        row.uploadExpiresAt = row.createdAt;
        row.uploadedAt = row.createdAt;
        row.artifactId = planned.artifactId;
        row.artifactSha256 = planned.artifactSha256;
        row.artifactSize = planned.artifactSize;
        row.archiveKey = planned.archiveKey;
        row.commitSha = planned.commitSha;
        row.ingress = planned.ingress;
        store.add(row);
        ConfigurationVersion created = Configurations.view(row);
        uploads.fire(new ConfigurationUploaded(created));
        return created;
    }

    static @org.jspecify.annotations.Nullable Ingress read(@org.jspecify.annotations.Nullable String json) {
        try {
            return json == null ? null : Json.mapper().readValue(json, Ingress.class);
        } catch (IOException e) {
            throw new IllegalStateException("what is known of a commit is not kept as JSON", e);
        }
    }
}
