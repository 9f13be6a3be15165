package io.terrafleet.api.artifact;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.ArtifactStore.Content.Enclosed;
import io.terrafleet.api.artifact.ArtifactStore.Content.Filed;
import io.terrafleet.api.artifact.ArtifactStore.Content.Stored;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Plans, states and archives, kept encrypted: small ones in their row, the others in files or in a bucket with the sealed key in the row. A
 * file lives exactly as long as its row: it goes when the transaction that stored it rolls back, or when the one that deleted it commits. An
 * object of the bucket is there before its row and goes some time after it ({@link Depot}). What is read is compared with its row.
 */
@ApplicationScoped
public class Artifacts {
    private static final Logger LOG = Logger.getLogger(Artifacts.class);

    /** Up to so many bytes lie in the database: a row of that size is cheaper than a file that is forced to the disk. */
    static final int MOST_IN_ROW = 64 * 1024;

    private final Vault vault;
    private final Depot depot;
    private final ArtifactConfig config;
    private final ArtifactStore store;
    private final Secrets secrets;
    private final TransactionSynchronizationRegistry transactions;
    private final InstantSource clock;
    private final RandomGenerator random;

    Artifacts(
            ArtifactConfig config,
            Depot depot,
            ArtifactStore store,
            Secrets secrets,
            TransactionSynchronizationRegistry transactions,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random)
            throws IOException {
        this.vault = new Vault(config.directory());
        this.depot = depot;
        this.config = config;
        this.store = store;
        this.secrets = secrets;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Stores the content to its end; call it outside a transaction when the content comes from far away, for it may take long.
     *
     * @param mostBytes more than this is a {@link Problem#tooLarge}, and nothing stays
     */
    public ArtifactRef store(InputStream content, long mostBytes) {
        long most = Math.min(mostBytes, config.mostBytes());
        String id = Ids.make("art", random);
        try {
            byte[] head = content.readNBytes((int) Math.min(most, MOST_IN_ROW) + 1);
            if (head.length > most) {
                throw tooLarge(most);
            }
            return head.length <= MOST_IN_ROW
                    ? enclose(id, head)
                    : file(id, new SequenceInputStream(new ByteArrayInputStream(head), content), most);
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact " + id + " cannot be stored", e);
        }
    }

    public ArtifactRef store(byte[] content) {
        return store(new ByteArrayInputStream(content), config.mostBytes());
    }

    /** Several at once; those that lie in the database are written by one statement. */
    public <K> Map<K, ArtifactRef> storeAll(Map<K, byte[]> contents) {
        Map<K, ArtifactRef> stored = new HashMap<>();
        Map<ArtifactRef, Enclosed> small = new LinkedHashMap<>();
        contents.forEach((key, content) -> {
            if (content.length > MOST_IN_ROW) {
                stored.put(key, store(content));
                return;
            }
            ArtifactRef artifact = reference(Ids.make("art", random), content);
            small.put(artifact, sealed(artifact, content));
            stored.put(key, artifact);
        });
        if (!small.isEmpty()) {
            QuarkusTransaction.joiningExisting().run(() -> store.addEnclosed(small, clock.instant()));
        }
        return stored;
    }

    private ArtifactRef enclose(String id, byte[] content) {
        ArtifactRef artifact = reference(id, content);
        Enclosed sealed = sealed(artifact, content);
        QuarkusTransaction.joiningExisting().run(() -> store.addEnclosed(Map.of(artifact, sealed), clock.instant()));
        return artifact;
    }

    private static ArtifactRef reference(String id, byte[] content) {
        return new ArtifactRef(id, HexFormat.of().formatHex(Digests.sha256().digest(content)), content.length);
    }

    private Enclosed sealed(ArtifactRef artifact, byte[] content) {
        return new Enclosed(secrets.seal(content, context(artifact.id())));
    }

    private ArtifactRef file(String id, InputStream content, long most) throws IOException {
        byte[] key = Vault.newKey();
        ArtifactRef artifact;
        try (Vault.Writing writing = vault.write(id, key)) {
            artifact = copy(id, content, writing, most);
            if (depot.isChosen()) {
                Vault.Sealed sealed = writing.seal();
                depot.put(sealed);
                enter(artifact, key, sealed.sha256());
                return artifact;
            }
            writing.complete();
        }
        enter(artifact, key);
        return artifact;
    }

    /**
     * The plain content. Every byte it gives is authenticated; an altered or shortened file ends in an {@link IOException}.
     *
     * @throws Problem not found
     */
    public InputStream open(String id) {
        return openWhole(id).content();
    }

    /** An artifact and its plain content. */
    public record Opened(ArtifactRef artifact, InputStream content) {}

    /**
     * The same, with what is known of it.
     *
     * @throws Problem not found
     */
    public Opened openWhole(String id) {
        return open(QuarkusTransaction.joiningExisting()
                .call(() -> store.findWhole(id).orElseThrow(Problem::notFound)));
    }

    /**
     * Small ones, read to their ends, by id.
     *
     * @throws Problem not found, when one of them is missing
     */
    public Map<String, byte[]> readAll(Collection<String> ids) {
        Map<String, byte[]> contents = new HashMap<>();
        List<ArtifactStore.Whole> all = QuarkusTransaction.joiningExisting().call(() -> store.findAllWhole(ids));
        for (ArtifactStore.Whole whole : all) {
            try (InputStream content = open(whole).content()) {
                contents.put(whole.artifact().id(), content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the artifact " + whole.artifact().id() + " cannot be read", e);
            }
        }
        if (!contents.keySet().containsAll(ids)) {
            throw Problem.notFound();
        }
        return contents;
    }

    private Opened open(ArtifactStore.Whole whole) {
        ArtifactRef artifact = whole.artifact();
        String id = artifact.id();
        try {
            return switch (whole.content()) {
                case Enclosed enclosed ->
                    new Opened(artifact, new ByteArrayInputStream(secrets.unseal(enclosed.sealed(), context(id))));
                case Filed filed ->
                    verified(artifact, vault.read(id, secrets.unseal(filed.sealedKey(), context(id))), "file");
                case Stored stored -> {
                    byte[] key = secrets.unseal(stored.sealedKey(), context(id));
                    InputStream content = Vault.decrypt(id, key, depot.open(stored.object()));
                    yield verified(artifact, content, depot.placeOf(stored.object()));
                }
            };
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new UncheckedIOException("the file of artifact " + id + " is missing in " + config.directory(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact " + id + " cannot be opened", e);
        }
    }

    private static Opened verified(ArtifactRef artifact, InputStream content, String place) {
        return new Opened(artifact, new Verified(content, artifact, place, Digests.sha256()));
    }

    @Transactional
    public Optional<ArtifactRef> find(String id) {
        return store.find(id).map(ArtifactEntity::view);
    }

    /** Keeps others from using or deleting it until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold(String id) {
        store.hold(id);
    }

    /** Deleting what is gone changes nothing. */
    @Transactional
    public void delete(String id) {
        store.find(id).ifPresent(row -> {
            store.remove(row);
            if (row.object != null) {
                depot.abandon(row.object);
            } else {
                afterwards(id, Status.STATUS_COMMITTED);
            }
        });
    }

    private ArtifactRef copy(String id, InputStream content, Vault.Writing writing, long most) throws IOException {
        MessageDigest sha256 = Digests.sha256();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > most) {
                throw tooLarge(most);
            }
            sha256.update(buffer, 0, read);
            writing.plain().write(buffer, 0, read);
        }
        return new ArtifactRef(id, HexFormat.of().formatHex(sha256.digest()), size);
    }

    private void enter(ArtifactRef artifact, byte[] key) {
        try {
            QuarkusTransaction.joiningExisting().run(() -> {
                afterwards(artifact.id(), Status.STATUS_ROLLEDBACK);
                store.addFiled(artifact, new Filed(secrets.seal(key, context(artifact.id()))), clock.instant());
            });
        } catch (RuntimeException e) {
            remove(artifact.id());
            throw e;
        }
    }

    /** The object is there; when this fails or is rolled back, it stays an orphan. */
    private void enter(ArtifactRef artifact, byte[] key, String object) {
        QuarkusTransaction.joiningExisting().run(() -> {
            depot.claim(object);
            byte[] sealedKey = secrets.seal(key, context(artifact.id()));
            store.addStored(artifact, new Stored(sealedKey, object), clock.instant());
        });
    }

    private void afterwards(String id, int outcome) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == outcome) {
                    remove(id);
                }
            }
        });
    }

    private void remove(String id) {
        try {
            vault.delete(id);
        } catch (IOException e) {
            LOG.warnf(e, "the file of artifact %s is no longer needed and cannot be removed", id);
        }
    }

    private static Problem tooLarge(long most) {
        return Problem.tooLarge("At most " + most + " bytes are accepted here.");
    }

    private static String context(String id) {
        return "artifact " + id;
    }
}
