package io.terrafleet.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large artifacts in a bucket: on a real S3 server, with the service's own database and keys. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class ArtifactsInABucketIT {
    private static final ObjectStore STORE = new ObjectStore();
    private static final int SIZE = 300_000;

    @TempDir
    Path directory;

    @Inject
    ArtifactStore rows;

    @Inject
    OrphanStore orphans;

    @Inject
    Secrets secrets;

    @Inject
    TransactionSynchronizationRegistry transactions;

    @Inject
    @Identifier("api")
    InstantSource clock;

    @Inject
    @Identifier("api")
    RandomGenerator random;

    @Inject
    @PersistenceUnit("api")
    EntityManager entities;

    private Depot depot;
    private Artifacts artifacts;

    @BeforeEach
    void inABucket() throws IOException {
        use(STORE.config(directory), clock);
    }

    private void use(ArtifactConfig config, InstantSource time) throws IOException {
        depot = new Depot(config, orphans, time);
        artifacts = new Artifacts(config, depot, rows, secrets, transactions, time, random);
    }

    @AfterAll
    static void end() {
        STORE.close();
    }

    @Test
    void aLargeOneComesBackFromTheBucketWhereItLiesEncryptedUnderItsOwnHash() throws Exception {
        byte[] large = content('x');

        ArtifactRef artifact = artifacts.store(large);

        assertThat(read(artifact)).isEqualTo(large);
        byte[] stored = STORE.read(object(artifact));
        assertThat(HexFormat.of().formatHex(Digests.sha256().digest(stored))).isEqualTo(object(artifact));
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("xxxx");
        assertThat(files()).isEmpty();
        assertThat(waiting(object(artifact))).isFalse();
    }

    /** The same content twice is two objects: nobody can tell from outside that they are the same. */
    @Test
    void eachHasItsOwnObjectAndGoesAlone() throws Exception {
        ArtifactRef first = artifacts.store(content('y'));
        ArtifactRef second = artifacts.store(content('y'));
        String gone = object(first);

        QuarkusTransaction.requiringNew().run(() -> artifacts.delete(first.id()));
        depot.sweep();

        assertThat(STORE.has(gone)).isFalse();
        assertThat(waiting(gone)).isFalse();
        assertThat(read(second)).isEqualTo(content('y'));
    }

    @Test
    void aSmallOneStaysInItsRow() throws Exception {
        ArtifactRef small = artifacts.store(new byte[Artifacts.MOST_IN_ROW]);

        assertThat(read(small)).hasSize(Artifacts.MOST_IN_ROW);
        assertThat(objectOrNull(small)).isNull();
    }

    @Test
    void anAlteredObjectIsNamed() throws Exception {
        ArtifactRef artifact = artifacts.store(content('z'));
        byte[] bytes = STORE.read(object(artifact));
        for (int place : List.of(10, 150_000, bytes.length - 1)) {
            byte[] altered = bytes.clone();
            altered[place] ^= 1;
            STORE.write(object(artifact), altered);
            assertNamed(artifact);
        }
        STORE.write(object(artifact), Arrays.copyOf(bytes, 100_000));
        assertNamed(artifact);
        STORE.write(object(artifact), STORE.read(object(artifacts.store(content('z')))));
        assertNamed(artifact);
    }

    private void assertNamed(ArtifactRef artifact) {
        assertThatThrownBy(() -> read(artifact))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(artifact.id())
                .hasMessageContaining(object(artifact))
                .hasMessageContaining("not as it was stored");
    }

    @Test
    void aMissingObjectIsNamed() {
        ArtifactRef artifact = artifacts.store(content('m'));
        STORE.remove(object(artifact));

        assertThatThrownBy(() -> read(artifact))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining(object(artifact))
                .hasStackTraceContaining("is missing");
    }

    @Test
    void tooMuchLeavesNothing() throws Exception {
        assertThatThrownBy(() -> artifacts.store(new ByteArrayInputStream(content('t')), SIZE - 1))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));

        assertThat(files()).isEmpty();
    }

    /** The upload is there before its row; when the transaction fails, it is known as nobody's and removed when it is due. */
    @Test
    void whatARollbackLeavesIsRemovedAndNoRowNamesWhatIsNotThere() throws Exception {
        QuarkusTransaction.begin();
        ArtifactRef undone = artifacts.store(content('u'));
        String object = object(undone);
        assertThat(STORE.has(object)).isTrue();
        QuarkusTransaction.rollback();

        assertThatThrownBy(() -> artifacts.open(undone.id())).isInstanceOf(Problem.class);
        depot.sweep();
        assertThat(STORE.has(object)).as("not due yet").isTrue();

        use(STORE.config(directory), InstantSource.offset(clock, Duration.ofDays(1)));
        depot.sweep();
        assertThat(STORE.has(object)).isFalse();
        assertThat(waiting(object)).isFalse();
    }

    /** An upload that was swept while it hung makes no row. */
    @Test
    void anUploadThatIsGivenUpCannotBeClaimed() throws Exception {
        Path file = Files.write(directory.resolve("late"), content('l'));
        byte[] bytes = Files.readAllBytes(file);
        Vault.Sealed sealed = new Vault.Sealed(
                file,
                HexFormat.of().formatHex(Digests.sha256().digest(bytes)),
                Digests.md5().digest(bytes));
        depot.put(sealed);
        use(STORE.config(directory), InstantSource.offset(clock, Duration.ofDays(1)));
        depot.sweep();

        assertThat(STORE.has(sealed.sha256())).isFalse();
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> depot.claim(sealed.sha256())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void aStoreThatIsAwayIsToldAndNothingIsLost() throws Exception {
        try (ObjectStore store = new ObjectStore()) {
            use(store.config(directory), clock);
            ArtifactRef before = artifacts.store(content('b'));
            assertThat(new ArtifactHealth(depot).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

            store.goAway();
            assertThat(new ArtifactHealth(depot).call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertAway(() -> artifacts.store(content('a')));
            assertAway(() -> read(before));
            String gone = object(before);
            QuarkusTransaction.requiringNew().run(() -> artifacts.delete(before.id()));
            depot.sweep();
            assertThat(waiting(gone)).isTrue();
            assertThat(files()).isEmpty();

            store.comeBack();
            assertThat(new ArtifactHealth(depot).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
            assertThat(read(artifacts.store(content('a')))).isEqualTo(content('a'));
            depot.sweep();
            assertThat(store.has(gone)).isFalse();
        }
    }

    /** A store that takes connections and says nothing ends in a 503 too, when its silence is over. */
    @Test
    void aSilentStoreIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            use(
                    ObjectStore.config(
                            directory, URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300)),
                    clock);

            assertThat(new ArtifactHealth(depot).call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertAway(() -> artifacts.store(content('s')));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void assertAway(Step step) {
        assertThatThrownBy(step::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status())
                .isEqualTo(503));
    }

    private static byte[] content(char letter) {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) letter);
        return content;
    }

    private byte[] read(ArtifactRef artifact) throws IOException {
        try (InputStream content = artifacts.open(artifact.id())) {
            return content.readAllBytes();
        }
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(directory)) {
            return list.toList();
        }
    }

    private String object(ArtifactRef artifact) {
        String object = objectOrNull(artifact);
        assertThat(object).isNotNull();
        return object;
    }

    private String objectOrNull(ArtifactRef artifact) {
        return QuarkusTransaction.joiningExisting()
                .call(() ->
                        (String) entities.createNativeQuery("select object from artifact where id = ?1", String.class)
                                .setParameter(1, artifact.id())
                                .getSingleResult());
    }

    private boolean waiting(String object) {
        return QuarkusTransaction.requiringNew()
                .call(() -> !entities.createNativeQuery("select 1 from artifact_orphan where object = ?1")
                        .setParameter(1, object)
                        .getResultList()
                        .isEmpty());
    }
}
