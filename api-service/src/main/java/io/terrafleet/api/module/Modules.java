package io.terrafleet.api.module;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.ArchiveCheck;
import io.terrafleet.api.configuration.ArchiveLimits;
import io.terrafleet.api.configuration.ArchiveRefused;
import io.terrafleet.api.organization.OrganizationDeletion;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The door to modules. A version that is {@code ok} has been read to its end and is safe to unpack. */
@ApplicationScoped
public class Modules {
    private static final long MOST_PACKED = 64L << 20;
    private static final ArchiveLimits LIMITS = new ArchiveLimits(512L << 20, 50_000, 1_024);
    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_OF_ORGANIZATION = 5_000;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?");
    private static final Pattern PROVIDER = Pattern.compile("[0-9a-z]{1,64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final ModuleStore store;
    private final Artifacts artifacts;
    private final InstantSource clock;
    private final RandomGenerator random;

    Modules(
            ModuleStore store,
            Artifacts artifacts,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.artifacts = artifacts;
        this.clock = clock;
        this.random = random;
    }

    /** A version that waits for its archive, and the key of the address to send it to, told this once. */
    public record Promised(Module.Version version, AddressKey key) {}

    @Transactional
    public Optional<Module> find(String id) {
        return store.find(id).map(this::view);
    }

    @Transactional
    public Optional<Module> named(String organizationId, String name, String provider) {
        return store.named(organizationId, name, provider).map(this::view);
    }

    /**
     * By name.
     *
     * @param search a pattern of SQL's like in lower case, escaped with !
     * @param provider only of this one, or all when empty
     */
    @Transactional
    public List<Module> list(String organizationId, String search, String provider, int offset, int limit) {
        return store.list(organizationId, search, provider, offset, limit).stream()
                .map(this::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId, String search, String provider) {
        return store.count(organizationId, search, provider);
    }

    @Transactional
    public Module create(String organizationId, String name, String provider) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    "name",
                    "Name may only contain letters, numbers, dashes, and underscores, must begin and end with a letter"
                            + " or number, and may have at most 64 characters");
        }
        if (!PROVIDER.matcher(provider).matches()) {
            throw Problem.invalid(
                    "provider", "Provider may only contain lowercase letters and numbers, at most 64 of them");
        }
        if (store.named(organizationId, name, provider).isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        if (store.count(organizationId, "%", "") >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " modules.");
        }
        ModuleEntity row = new ModuleEntity();
        row.id = Ids.make("mod", random);
        row.organizationId = organizationId;
        row.name = name;
        row.provider = provider;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        return view(row);
    }

    @Transactional
    public Promised createVersion(String moduleId, String number, Optional<String> commitSha) {
        ModuleEntity module = store.forUpdate(moduleId).orElseThrow(Problem::notFound);
        if (VersionNumber.parse(number).isEmpty()) {
            throw Problem.invalid("version", "Version must be a semantic version such as 1.2.3, without a leading v");
        }
        if (commitSha.filter(sha -> !COMMIT.matcher(sha).matches()).isPresent()) {
            throw Problem.invalid("commit-sha", "Commit sha must be 7 to 64 hexadecimal digits");
        }
        Module before = view(module);
        if (before.version(number).isPresent()) {
            throw Problem.invalid("version", "Version has already been taken");
        }
        if (before.versions().size() >= MOST_VERSIONS) {
            throw Problem.unprocessable("A module may have at most " + MOST_VERSIONS + " versions.");
        }
        AddressKey key = AddressKey.make(random);
        ModuleVersionEntity row = new ModuleVersionEntity();
        row.id = Ids.make("modver", random);
        row.moduleId = moduleId;
        row.version = number;
        row.commitSha = commitSha.orElse(null);
        row.status = "pending";
        row.uploadKeyHash = key.hash();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        module.updatedAt = row.createdAt;
        return new Promised(view(row), key);
    }

    /**
     * Takes the archive in and checks it; one that is refused makes the version {@code reg_ingress_failed} and is a 422. Call it
     * outside a transaction: it takes as long as the caller sends.
     */
    public void upload(String versionId, AddressKey key, InputStream content) {
        QuarkusTransaction.requiringNew().run(() -> admitted(store.version(versionId), key));
        ArtifactRef archive = artifacts.store(content, MOST_PACKED);
        try {
            check(archive);
            QuarkusTransaction.requiringNew().run(() -> {
                ModuleVersionEntity row = admitted(store.versionForUpdate(versionId), key);
                row.artifactId = archive.id();
                row.status = "ok";
                row.error = null;
                row.updatedAt = clock.instant();
            });
        } catch (ArchiveRefused e) {
            artifacts.delete(archive.id());
            QuarkusTransaction.requiringNew().run(() -> fail(versionId, e.sentence()));
            throw Problem.unprocessable(e.sentence());
        } catch (RuntimeException e) {
            artifacts.delete(archive.id());
            throw e;
        }
    }

    /** The version's files cannot be had. */
    @Transactional
    void failed(String versionId, String sentence) {
        fail(versionId, sentence);
    }

    /** The archive of a version that is ready. */
    @Transactional
    public InputStream content(String artifactId) {
        return artifacts.open(artifactId);
    }

    @Transactional
    public void delete(String id) {
        remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    /** All that bear the name, whatever their provider. */
    @Transactional
    public void deleteAllNamed(String organizationId, String name) {
        List<ModuleEntity> modules = store.allNamed(organizationId, name);
        if (modules.isEmpty()) {
            throw Problem.notFound();
        }
        modules.forEach(this::remove);
    }

    @Transactional
    public void deleteVersion(String moduleId, String number) {
        ModuleVersionEntity version = store.versions(moduleId).stream()
                .filter(row -> row.version.equals(number))
                .findFirst()
                .orElseThrow(Problem::notFound);
        Optional.ofNullable(version.artifactId).ifPresent(artifacts::delete);
        store.remove(version);
    }

    void forget(@Observes OrganizationDeletion deletion) {
        store.allOf(deletion.organization().id()).forEach(this::remove);
    }

    private void remove(ModuleEntity module) {
        for (ModuleVersionEntity version : store.versions(module.id)) {
            Optional.ofNullable(version.artifactId).ifPresent(artifacts::delete);
            store.remove(version);
        }
        store.remove(module);
    }

    private static ModuleVersionEntity admitted(Optional<ModuleVersionEntity> found, AddressKey key) {
        ModuleVersionEntity row =
                found.filter(version -> key.fits(version.uploadKeyHash)).orElseThrow(Problem::notFound);
        if (row.status.equals("ok")) {
            throw Problem.conflict("This version has its archive already; a published version does not change.");
        }
        return row;
    }

    private void check(ArtifactRef archive) throws ArchiveRefused {
        try (InputStream packed = artifacts.open(archive.id())) {
            ArchiveCheck.check(packed, LIMITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(String versionId, String sentence) {
        store.versionForUpdate(versionId)
                .filter(row -> !row.status.equals("ok"))
                .ifPresent(row -> {
                    row.status = "reg_ingress_failed";
                    row.error = sentence;
                    row.updatedAt = clock.instant();
                });
    }

    private Module view(ModuleEntity row) {
        List<Module.Version> versions = store.versions(row.id).stream()
                .map(Modules::view)
                .sorted(Comparator.comparing((Module.Version version) -> new VersionNumber(version.number()))
                        .reversed())
                .toList();
        return new Module(
                row.id,
                row.organizationId,
                row.name,
                row.provider,
                ModuleSource.of(row),
                versions,
                row.createdAt,
                row.updatedAt);
    }

    private static Module.Version view(ModuleVersionEntity row) {
        return new Module.Version(
                row.id,
                row.version,
                Optional.ofNullable(row.commitSha),
                row.status,
                Optional.ofNullable(row.error),
                Optional.ofNullable(row.artifactId),
                row.createdAt,
                row.updatedAt);
    }
}
