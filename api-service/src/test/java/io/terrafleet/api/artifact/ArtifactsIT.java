package io.terrafleet.api.artifact;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class ArtifactsIT {
    private static final byte[] HELLO = "hello, artifact".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LARGE = new byte[Artifacts.MOST_IN_ROW + 1];

    @Inject
    Artifacts artifacts;

    @Inject
    ArtifactConfig config;

    @Inject
    @PersistenceUnit("api")
    EntityManager entities;

    @Inject
    @Identifier("api")
    InternalKey key;

    @Inject
    @Identifier("api")
    InstantSource clock;

    @Test
    void comesBackAsItWasStoredAndLiesEncrypted() throws IOException {
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) 'x');

        ArtifactRef artifact = artifacts.store(large);

        assertThat(artifact.size()).isEqualTo(300_000);
        assertThat(artifact.sha256()).isEqualTo(sha256(large));
        assertThat(artifacts.find(artifact.id())).contains(artifact);
        try (InputStream content = artifacts.open(artifact.id())) {
            assertThat(content.readAllBytes()).isEqualTo(large);
        }
        assertThat(Files.readString(file(artifact), StandardCharsets.ISO_8859_1))
                .doesNotContain("xxxx");
    }

    @Test
    void tooMuchLeavesNothing() throws IOException {
        long before = files();

        assertThatThrownBy(() -> artifacts.store(new ByteArrayInputStream(new byte[101]), 100))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theFileGoesWithItsTransaction() {
        QuarkusTransaction.begin();
        ArtifactRef artifact = artifacts.store(LARGE);
        assertThat(file(artifact)).exists();
        QuarkusTransaction.rollback();

        assertThat(file(artifact)).doesNotExist();
        assertThat(artifacts.find(artifact.id())).isEmpty();
    }

    @Test
    void deletingTakesRowAndFile() {
        ArtifactRef artifact = artifacts.store(LARGE);

        artifacts.delete(artifact.id());
        artifacts.delete(artifact.id());

        assertThat(file(artifact)).doesNotExist();
        assertThatThrownBy(() -> artifacts.open(artifact.id())).isInstanceOf(Problem.class);
    }

    /** As much as fits into a row makes no file, comes back whole and goes with its transaction. */
    @Test
    void aSmallOneLiesInItsRow() throws IOException {
        for (byte[] small : new byte[][] {{}, HELLO, Arrays.copyOf(LARGE, Artifacts.MOST_IN_ROW)}) {
            ArtifactRef artifact = artifacts.store(small);

            assertThat(file(artifact)).doesNotExist();
            assertThat(artifact).isEqualTo(new ArtifactRef(artifact.id(), sha256(small), small.length));
            assertThat(artifacts.find(artifact.id())).contains(artifact);
            try (InputStream content = artifacts.open(artifact.id())) {
                assertThat(content.readAllBytes()).isEqualTo(small);
            }
        }
        QuarkusTransaction.begin();
        ArtifactRef undone = artifacts.store(HELLO);
        QuarkusTransaction.rollback();
        assertThat(artifacts.find(undone.id())).isEmpty();
    }

    @Test
    void aSmallOneLiesSealedAndInNoOthersPlace() {
        ArtifactRef artifact = artifacts.store(HELLO);
        ArtifactRef other = artifacts.store(new byte[10]);

        assertThat(sealedContent(artifact)).doesNotContain("hello");
        replaceContent(other, artifact);
        assertThatThrownBy(() -> artifacts.open(other.id()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be unsealed");
    }

    @Test
    void anAlteredFileIsNoticed() throws IOException {
        ArtifactRef artifact = artifacts.store(new byte[200_000]);
        byte[] bytes = Files.readAllBytes(file(artifact));
        bytes[150_000] ^= 1;
        Files.write(file(artifact), bytes);

        try (InputStream content = artifacts.open(artifact.id())) {
            assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aShortenedFileIsNoticed() throws IOException {
        ArtifactRef artifact = artifacts.store(new byte[200_000]);
        byte[] bytes = Files.readAllBytes(file(artifact));
        Files.write(file(artifact), Arrays.copyOf(bytes, 65_536));

        try (InputStream content = artifacts.open(artifact.id())) {
            assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theSignedAddressDownloads() {
        ArtifactRef artifact = artifacts.store(HELLO);

        byte[] body = given().urlEncodingEnabled(false)
                .get(key.artifactPath(artifact.id(), clock.instant().plus(Duration.ofMinutes(5))))
                .then()
                .statusCode(200)
                .header("X-Content-SHA256", artifact.sha256())
                .extract()
                .asByteArray();

        assertThat(body).isEqualTo(HELLO);
    }

    @Test
    void anExpiredForeignOrMissingSignatureFindsNothing() {
        ArtifactRef artifact = artifacts.store(HELLO);
        ArtifactRef other = artifacts.store(HELLO);
        String expired = key.artifactPath(artifact.id(), clock.instant().minus(Duration.ofSeconds(2)));
        String foreign = key.artifactPath(other.id(), clock.instant().plus(Duration.ofMinutes(5)))
                .replace(other.id(), artifact.id());
        String path = "/api/internal/v1/artifacts/" + artifact.id();

        for (String address : new String[] {
            expired, foreign, path, path + "?expires=99999999999&signature=00", path + "?expires=soon&signature=00"
        }) {
            given().urlEncodingEnabled(false).get(address).then().statusCode(404);
        }
    }

    private Path file(ArtifactRef artifact) {
        return config.directory().resolve(artifact.id());
    }

    private long files() throws IOException {
        try (var list = Files.list(config.directory())) {
            return list.count();
        }
    }

    private String sealedContent(ArtifactRef artifact) {
        byte[] sealed = QuarkusTransaction.requiringNew()
                .call(() -> (byte[]) entities.createNativeQuery("select sealed_content from artifact where id = ?1")
                        .setParameter(1, artifact.id())
                        .getSingleResult());
        return new String(sealed, StandardCharsets.ISO_8859_1);
    }

    private void replaceContent(ArtifactRef target, ArtifactRef source) {
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery("update artifact set sealed_content ="
                        + " (select sealed_content from artifact where id = ?1) where id = ?2")
                .setParameter(1, source.id())
                .setParameter(2, target.id())
                .executeUpdate());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
