package io.terrafleet.api.provider;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes in the files of providers. A file can be sent once; a binary must have the SHA-256 that was announced, for terraform would
 * refuse any other. Call it outside a transaction: it takes as long as the caller sends.
 */
@ApplicationScoped
public class ProviderFiles {
    private static final long MOST_SHASUMS = 1L << 20;
    private static final long MOST_SIGNATURE = 64L << 10;
    private static final long MOST_BINARY = 512L << 20;

    private final ProviderStore store;
    private final Artifacts artifacts;
    private final InstantSource clock;

    ProviderFiles(ProviderStore store, Artifacts artifacts, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    public void shasums(String versionId, AddressKey key, InputStream content) {
        take(content, MOST_SHASUMS, artifact -> {
            ProviderVersionEntity version = version(versionId, key);
            requireNone(version.shasumsId);
            if (artifact.isPresent()) {
                version.shasumsId = artifact.get().id();
                version.updatedAt = clock.instant();
            }
            return true;
        });
    }

    public void signature(String versionId, AddressKey key, InputStream content) {
        take(content, MOST_SIGNATURE, artifact -> {
            ProviderVersionEntity version = version(versionId, key);
            requireNone(version.shasumsSigId);
            if (artifact.isPresent()) {
                version.shasumsSigId = artifact.get().id();
                version.updatedAt = clock.instant();
            }
            return true;
        });
    }

    public void binary(String platformId, AddressKey key, InputStream content) {
        take(content, MOST_BINARY, artifact -> {
            ProviderPlatformEntity platform = store.forUpdate(ProviderPlatformEntity.class, platformId)
                    .filter(row -> key.fits(row.uploadKeyHash))
                    .orElseThrow(Problem::notFound);
            requireNone(platform.binaryId);
            if (artifact.isPresent()) {
                if (!artifact.get().sha256().equals(platform.shasum)) {
                    throw Problem.unprocessable("The file's SHA-256 is "
                            + artifact.get().sha256() + ", announced was " + platform.shasum + ".");
                }
                platform.binaryId = artifact.get().id();
            }
            return true;
        });
    }

    private ProviderVersionEntity version(String id, AddressKey key) {
        return store.forUpdate(ProviderVersionEntity.class, id)
                .filter(row -> key.fits(row.uploadKeyHash))
                .orElseThrow(Problem::notFound);
    }

    private static void requireNone(@org.jspecify.annotations.Nullable String present) {
        if (present != null) {
            throw Problem.conflict("This file is there already; a published version does not change.");
        }
    }

    /** Asks first whether the file is awaited, without one, so that nobody uploads in vain. */
    private void take(InputStream content, long mostBytes, Function<Optional<ArtifactRef>, Boolean> entering) {
        QuarkusTransaction.requiringNew().call(() -> entering.apply(Optional.empty()));
        ArtifactRef artifact = artifacts.store(content, mostBytes);
        try {
            QuarkusTransaction.requiringNew().call(() -> entering.apply(Optional.of(artifact)));
        } catch (RuntimeException e) {
            artifacts.delete(artifact.id());
            throw e;
        }
    }
}
