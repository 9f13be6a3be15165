package io.terrafleet.api.configuration;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The door to configuration versions. What became {@code uploaded} has been read to its end and is safe to unpack. */
@ApplicationScoped
public class Configurations {
    private static final Logger LOG = Logger.getLogger(Configurations.class);

    private final ConfigurationStore store;
    private final ConfigurationConfig config;
    private final Artifacts artifacts;
    private final Event<ConfigurationUploaded> uploads;
    private final Event<ConfigurationArchiving> archivings;
    private final Event<ConfigurationGone> gone;
    private final InstantSource clock;
    private final RandomGenerator random;

    Configurations(
            ConfigurationStore store,
            ConfigurationConfig config,
            Artifacts artifacts,
            Event<ConfigurationUploaded> uploads,
            Event<ConfigurationArchiving> archivings,
            Event<ConfigurationGone> gone,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.archivings = archivings;
        this.gone = gone;
        this.clock = clock;
        this.random = random;
    }

    /** A configuration that waits for its upload, and the key of the address to upload to, told this once. */
    public record Promised(ConfigurationVersion configuration, AddressKey key) {}

    @Transactional
    public Optional<ConfigurationVersion> find(String id) {
        return store.find(id).map(Configurations::view);
    }

    /** What a run of the workspace takes when it names none: the newest that is neither speculative nor provisional. */
    @Transactional
    public Optional<ConfigurationVersion> latestUploaded(WorkspaceId workspace) {
        return store.latestUploaded(workspace.value()).map(Configurations::view);
    }

    /** Newest first. */
    @Transactional
    public List<ConfigurationVersion> list(WorkspaceId workspace, int offset, int limit) {
        return store.list(workspace.value(), offset, limit).stream()
                .map(Configurations::view)
                .toList();
    }

    @Transactional
    public long count(WorkspaceId workspace) {
        return store.count(workspace.value());
    }

    @Transactional
    public Promised create(Principal creator, WorkspaceId workspace, NewConfiguration wanted) {
        AddressKey key = AddressKey.make(random);
        ConfigurationEntity row = new ConfigurationEntity();
        row.id = Ids.make("cv", random);
        row.workspaceId = workspace.value();
        row.status = "pending";
        row.speculative = wanted.speculative();
        row.provisional = wanted.provisional();
        row.autoQueueRuns = wanted.autoQueueRuns();
        row.source = wanted.source();
        row.uploadKeyHash = key.hash();
        row.createdById = creator.id();
        row.createdByName = creator.name();
        row.createdAt = clock.instant();
        row.uploadExpiresAt = row.createdAt.plus(config.uploadWithin());
        store.add(row);
        return new Promised(view(row), key);
    }

    /**
     * Takes the archive in, checks it and tells {@link ConfigurationUploaded}. An archive that is refused makes the configuration
     * {@code errored} and is a {@link Problem} 422 (413 when it is too large). Call it outside a transaction: it takes as long as
     * the caller sends.
     */
    public ConfigurationVersion upload(String id, AddressKey key, InputStream content) {
        QuarkusTransaction.requiringNew().run(() -> admit(store.find(id), key));
        ArtifactRef archive;
        try {
            archive = artifacts.store(content, config.mostPackedBytes());
        } catch (Problem refused) {
            if (refused.status() != 413) {
                throw refused; // for now it cannot be stored; the address is good for another try
            }
            fail(id, "The archive is refused: it has more than " + config.mostPackedBytes() + " bytes.");
            throw Problem.tooLarge("The archive is refused: it has more than " + config.mostPackedBytes() + " bytes.");
        }
        try {
            check(archive);
            return QuarkusTransaction.requiringNew().call(() -> accept(id, key, archive));
        } catch (ArchiveRefused e) {
            artifacts.delete(archive.id());
            fail(id, e.sentence());
            throw Problem.unprocessable(e.sentence());
        } catch (RuntimeException e) {
            artifacts.delete(archive.id());
            throw e;
        }
    }

    /** @throws Problem not found while there is nothing to download */
    @Transactional
    public InputStream content(String id) {
        return artifacts.open(store.find(id)
                .filter(row -> row.status.equals("uploaded"))
                .flatMap(row -> Optional.ofNullable(row.artifactId))
                .orElseThrow(Problem::notFound));
    }

    /** Gives up the archive. Not that of the workspace's latest configuration: the next run needs it. */
    @Transactional
    public ConfigurationVersion archive(String id) {
        ConfigurationEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        if (row.status.equals("archived")) {
            return view(row);
        }
        if (!row.status.equals("uploaded")) {
            throw Problem.of(
                    409,
                    "transition not allowed",
                    "A configuration version that is " + row.status + " cannot be archived.");
        }
        if (store.latestUploaded(row.workspaceId)
                .filter(latest -> latest.id.equals(id))
                .isPresent()) {
            throw Problem.of(
                    409, "transition not allowed", "configuration could not be archived because it is current");
        }
        archivings.fire(new ConfigurationArchiving(view(row)));
        Optional<String> artifact = Optional.ofNullable(row.artifactId);
        artifact.ifPresent(artifacts::hold);
        row.status = "archived";
        row.artifactId = null;
        row.archivedAt = clock.instant();
        store.flush();
        artifact.filter(this::unused).ifPresent(artifacts::delete);
        gone.fire(new ConfigurationGone(id));
        return view(row);
    }

    void forget(@Observes WorkspaceDeletion deletion) {
        String workspace = deletion.workspace().id().value();
        List<String> archives = store.artifactsOf(workspace);
        archives.forEach(artifacts::hold);
        store.removeAllOf(workspace);
        archives.stream().filter(this::unused).forEach(artifacts::delete);
    }

    /** Configurations of one commit share an archive. */
    private boolean unused(String archive) {
        return !store.uses(archive);
    }

    private void admit(Optional<ConfigurationEntity> found, AddressKey key) {
        ConfigurationEntity row = found.filter(it -> key.fits(it.uploadKeyHash)).orElseThrow(Problem::notFound);
        if (!row.status.equals("pending")) {
            throw Problem.conflict(
                    "This configuration version is already " + row.status + "; create a new one for another upload.");
        }
        if (clock.instant().isAfter(row.uploadExpiresAt)) {
            throw Problem.gone("This upload address has expired; create a new configuration version.");
        }
    }

    private void check(ArtifactRef archive) throws ArchiveRefused {
        try (InputStream packed = artifacts.open(archive.id())) {
            ArchiveCheck.check(packed, config.limits());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigurationVersion accept(String id, AddressKey key, ArtifactRef archive) {
        Optional<ConfigurationEntity> found = store.forUpdate(id);
        admit(found, key);
        ConfigurationEntity row = found.orElseThrow();
        row.status = "uploaded";
        row.artifactId = archive.id();
        row.artifactSha256 = archive.sha256();
        row.artifactSize = archive.size();
        row.uploadedAt = clock.instant();
        store.flush();
        ConfigurationVersion uploaded = view(row);
        LOG.infof("configuration %s of workspace %s uploaded, %d bytes", id, row.workspaceId, archive.size());
        uploads.fire(new ConfigurationUploaded(uploaded));
        return uploaded;
    }

    private void fail(String id, String message) {
        QuarkusTransaction.requiringNew().run(() -> store.forUpdate(id)
                .filter(row -> row.status.equals("pending"))
                .ifPresent(row -> {
                    row.status = "errored";
                    row.errorMessage = message;
                    row.erroredAt = clock.instant();
                }));
    }

    static ConfigurationVersion view(ConfigurationEntity row) {
        return new ConfigurationVersion(
                row.id,
                new WorkspaceId(row.workspaceId),
                row.status,
                row.speculative,
                row.provisional,
                row.autoQueueRuns,
                !row.status.equals("uploaded")
                                || row.artifactId == null
                                || row.artifactSha256 == null
                                || row.artifactSize == null
                        ? Optional.empty()
                        : Optional.of(new ArtifactRef(row.artifactId, row.artifactSha256, row.artifactSize)),
                row.createdById,
                row.createdByName,
                row.createdAt,
                row.source,
                Optional.ofNullable(row.errorMessage),
                Optional.ofNullable(row.uploadedAt),
                Optional.ofNullable(row.erroredAt),
                Optional.ofNullable(row.archivedAt),
                Optional.ofNullable(Ingestions.read(row.ingress)));
    }
}
