package io.terrafleet.api.provider;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.gpgkey.GpgKeyDeletion;
import io.terrafleet.api.gpgkey.GpgKeys;
import io.terrafleet.api.module.VersionNumber;
import io.terrafleet.api.organization.OrganizationDeletion;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The door to providers, their versions and platforms. Their files come in through {@link ProviderFiles}. */
@ApplicationScoped
public class Providers {
    private static final int MOST_OF_ORGANIZATION = 1_000;
    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_PLATFORMS = 50;
    private static final Pattern NAME = Pattern.compile("[0-9a-z](?:[0-9a-z-]{0,62}[0-9a-z])?");
    private static final Pattern WORD = Pattern.compile("[0-9a-z_]{1,32}");
    private static final Pattern PROTOCOL = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");
    private static final Pattern FILENAME = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z._+-]{0,199}\\.zip");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ProviderStore store;
    private final GpgKeys keys;
    private final Artifacts artifacts;
    private final InstantSource clock;
    private final RandomGenerator random;

    Providers(
            ProviderStore store,
            GpgKeys keys,
            Artifacts artifacts,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.keys = keys;
        this.artifacts = artifacts;
        this.clock = clock;
        this.random = random;
    }

    /** Something whose files are awaited, and the key of the addresses to send them to, told this once. */
    public record Promised<T>(T what, AddressKey key) {}

    @Transactional
    public Optional<Provider> find(String id) {
        return store.find(ProviderEntity.class, id).map(ProviderRows::view);
    }

    @Transactional
    public Optional<Provider> named(String organizationId, String registry, String namespace, String name) {
        return store.named(organizationId, registry, namespace, name).map(ProviderRows::view);
    }

    /**
     * By name.
     *
     * @param search a pattern of SQL's like in lower case, escaped with !
     * @param registry only of this one, or both when empty
     */
    @Transactional
    public List<Provider> list(String organizationId, String search, String registry, int offset, int limit) {
        return store.list(organizationId, search, registry, offset, limit).stream()
                .map(ProviderRows::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId, String search, String registry) {
        return store.count(organizationId, search, registry);
    }

    @Transactional
    public Provider create(String organizationId, String registry, String namespace, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    "name",
                    "Name may only contain lowercase letters, numbers and dashes, must begin and end with a letter or"
                            + " number, and may have at most 64 characters");
        }
        if (store.named(organizationId, registry, namespace, name).isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        if (store.count(organizationId, "%", "") >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " providers.");
        }
        ProviderEntity row = new ProviderEntity();
        row.id = Ids.make("prov", random);
        row.organizationId = organizationId;
        row.registryName = registry;
        row.namespace = namespace;
        row.name = name;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        return ProviderRows.view(row);
    }

    @Transactional
    public void delete(String id) {
        ProviderEntity provider = store.forUpdate(ProviderEntity.class, id).orElseThrow(Problem::notFound);
        store.versions(id).forEach(this::remove);
        store.remove(provider);
    }

    /** The newest first. */
    @Transactional
    public List<Provider.Version> versions(String providerId) {
        return store.versions(providerId).stream()
                .map(ProviderRows::view)
                .sorted(Comparator.comparing((Provider.Version version) -> new VersionNumber(version.number()))
                        .reversed())
                .toList();
    }

    @Transactional
    public Optional<Provider.Version> version(String providerId, String number) {
        return versions(providerId).stream()
                .filter(version -> version.number().equals(number))
                .findFirst();
    }

    @Transactional
    public Promised<Provider.Version> createVersion(
            String providerId, String number, String keyId, List<String> protocols) {
        ProviderEntity provider =
                store.forUpdate(ProviderEntity.class, providerId).orElseThrow(Problem::notFound);
        if (!provider.registryName.equals("private")) {
            throw Problem.unprocessable("A public provider's versions are those of the public registry.");
        }
        if (VersionNumber.parse(number).isEmpty()) {
            throw Problem.invalid("version", "Version must be a semantic version such as 1.2.3, without a leading v");
        }
        if (protocols.isEmpty()
                || protocols.size() > 10
                || !protocols.stream().allMatch(text -> PROTOCOL.matcher(text).matches())) {
            throw Problem.invalid("protocols", "Protocols must be a list of plugin protocols such as \"5.0\"");
        }
        if (keys.find(provider.organizationId, keyId).isEmpty()) {
            throw Problem.invalid("key-id", "Key can't be found: add the GPG key to this organization first");
        }
        if (version(providerId, number).isPresent()) {
            throw Problem.invalid("version", "Version has already been taken");
        }
        if (store.versions(providerId).size() >= MOST_VERSIONS) {
            throw Problem.unprocessable("A provider may have at most " + MOST_VERSIONS + " versions.");
        }
        AddressKey key = AddressKey.make(random);
        ProviderVersionEntity row = new ProviderVersionEntity();
        row.id = Ids.make("provver", random);
        row.providerId = providerId;
        row.version = number;
        row.keyId = keyId.toUpperCase(Locale.ROOT);
        row.protocols = String.join(",", protocols);
        row.uploadKeyHash = key.hash();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        return new Promised<>(ProviderRows.view(row), key);
    }

    @Transactional
    public void deleteVersion(String versionId) {
        remove(store.forUpdate(ProviderVersionEntity.class, versionId).orElseThrow(Problem::notFound));
    }

    @Transactional
    public List<Provider.Platform> platforms(String versionId) {
        return store.platforms(versionId).stream().map(ProviderRows::view).toList();
    }

    @Transactional
    public Optional<Provider.Platform> platform(String versionId, String os, String arch) {
        return platforms(versionId).stream()
                .filter(platform -> platform.os().equals(os) && platform.arch().equals(arch))
                .findFirst();
    }

    /** @param shasum SHA-256 of the zip in hexadecimal digits */
    @Transactional
    public Promised<Provider.Platform> createPlatform(
            String versionId, String os, String arch, String filename, String shasum) {
        ProviderVersionEntity version =
                store.forUpdate(ProviderVersionEntity.class, versionId).orElseThrow(Problem::notFound);
        if (!WORD.matcher(os).matches()) {
            throw Problem.invalid("os", "Os must be an operating system such as linux");
        }
        if (!WORD.matcher(arch).matches()) {
            throw Problem.invalid("arch", "Arch must be an architecture such as amd64");
        }
        if (!FILENAME.matcher(filename).matches()) {
            throw Problem.invalid("filename", "Filename must be the name of a zip file, at most 200 characters");
        }
        if (!SHA256.matcher(shasum).matches()) {
            throw Problem.invalid("shasum", "Shasum must be a SHA-256 as 64 lowercase hexadecimal digits");
        }
        if (platform(versionId, os, arch).isPresent()) {
            throw Problem.invalid("os", "Os and arch have already been taken");
        }
        if (store.platforms(versionId).size() >= MOST_PLATFORMS) {
            throw Problem.unprocessable("A version may have at most " + MOST_PLATFORMS + " platforms.");
        }
        AddressKey key = AddressKey.make(random);
        ProviderPlatformEntity row = new ProviderPlatformEntity();
        row.id = Ids.make("provpltfrm", random);
        row.versionId = version.id;
        row.os = os;
        row.arch = arch;
        row.filename = filename;
        row.shasum = shasum;
        row.uploadKeyHash = key.hash();
        store.add(row);
        return new Promised<>(ProviderRows.view(row), key);
    }

    @Transactional
    public void deletePlatform(String platformId) {
        remove(store.forUpdate(ProviderPlatformEntity.class, platformId).orElseThrow(Problem::notFound));
    }

    void keep(@Observes GpgKeyDeletion deletion) {
        if (store.signedWith(deletion.organizationId(), deletion.keyId())) {
            throw Problem.conflict("Versions of providers are signed with this key; delete them first.");
        }
    }

    void forget(@Observes OrganizationDeletion deletion) {
        store.list(deletion.organization().id(), "%", "", 0, MOST_OF_ORGANIZATION)
                .forEach(provider -> delete(provider.id));
    }

    private void remove(ProviderVersionEntity version) {
        store.platforms(version.id).forEach(this::remove);
        Optional.ofNullable(version.shasumsId).ifPresent(artifacts::delete);
        Optional.ofNullable(version.shasumsSigId).ifPresent(artifacts::delete);
        store.remove(version);
    }

    private void remove(ProviderPlatformEntity platform) {
        Optional.ofNullable(platform.binaryId).ifPresent(artifacts::delete);
        store.remove(platform);
    }
}
