package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.variable.Variables;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Another key, everything sealed again with it, and the one before withdrawn. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ResealingIT {
    private static final String SETTINGS = "/api/v2/admin/secret-settings";

    @Inject
    Secrets secrets;

    @Inject
    SecretConfig config;

    @Inject
    ResealingStore store;

    @Inject
    Tenant tenant;

    @Inject
    Artifacts artifacts;

    @Inject
    Logs logs;

    @Inject
    Variables variables;

    @Inject
    @Identifier("api")
    InstantSource clock;

    @Inject
    @PersistenceUnit("api")
    EntityManager entities;

    /** As another process would go on with it, and without the minutes in which others may not know the new key. */
    private Resealing impatient() {
        SecretConfig here = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SecretConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "terrafleet.secret.keyset-file",
                                config.keysetFile().toString(),
                                "terrafleet.secret.settle",
                                "0s",
                                "terrafleet.secret.pause",
                                "0s"),
                        "test",
                        500))
                .build()
                .getConfigMapping(SecretConfig.class);
        return new Resealing(secrets, here, store, clock);
    }

    private void untilFinished() {
        String key = secrets.key();
        Await.until("everything to be sealed with the new key", Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 50; i++) {
                QuarkusTransaction.requiringNew().call(impatient()::step);
            }
            return store.find()
                    .filter(progress -> progress.key().equals(key))
                    .flatMap(ResealingProgress::finishedAt)
                    .isPresent();
        });
    }

    @Test
    void theOldKeyIsWithdrawnAndEverythingIsStillRead() throws IOException {
        Tenant.Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"password\",\"value\":\"hunter2\","
                        + "\"category\":\"env\",\"sensitive\":true}}}")
                .post("/api/v2/workspaces/" + workspace.id() + "/vars")
                .then()
                .statusCode(201);
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);
        ArtifactRef filed = artifacts.store(new ByteArrayInputStream(large), 1_000_000);
        ArtifactRef enclosed = artifacts.store("small".getBytes(StandardCharsets.UTF_8));
        String log = "resealed-" + filed.id();
        logs.begin(log);
        for (int i = 0; i < 120; i++) {
            logs.append(log, i * 5L, "line\n".getBytes(StandardCharsets.UTF_8), 1_000_000);
        }
        String before = secrets.key();
        Tenant.Person administrator = tenant.siteAdministrator();
        administrator.asks().post(SETTINGS + "/actions/rotate-key").then().statusCode(204);
        assertThat(secrets.key()).isNotEqualTo(before);
        administrator
                .asks()
                .post(SETTINGS + "/actions/withdraw-keys")
                .then()
                .statusCode(409)
                .body(
                        "errors[0].detail",
                        equalTo("Not everything is sealed with the newest key yet; the secret settings say"
                                + " how far it is, and when it is finished the older keys can be withdrawn."));
        assertThat(secrets.keys()).contains(before);

        untilFinished();
        administrator
                .asks()
                .get(SETTINGS)
                .then()
                .statusCode(200)
                .body("data.attributes.finished-at", notNullValue())
                .body("data.attributes.keys.find { it.id == '" + before + "' }.values", equalTo(0))
                .body("data.attributes.keys.find { it.id == '" + before + "' }.sealing", equalTo(false))
                .body("data.attributes.keys.find { it.sealing }.id", equalTo(secrets.key()));
        for (SealedColumn column : SealedColumn.ALL) {
            assertThat(keysIn(column)).as(column.toString()).isSubsetOf(secrets.key());
        }

        administrator.asks().post(SETTINGS + "/actions/withdraw-keys").then().statusCode(204);
        administrator.asks().get(SETTINGS).then().body("data.attributes.keys", hasSize(1));
        assertThat(new KeysetFile(config.keysetFile()).read().size()).isEqualTo(1);
        assertThat(variables.forRun(workspace))
                .containsExactly(new Claim.Variable("password", "hunter2", "env", false, true));
        assertThat(artifacts.open(filed.id()).readAllBytes()).isEqualTo(large);
        assertThat(artifacts.open(enclosed.id())).hasBinaryContent("small".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(logs.read(log, 0, 1_000), StandardCharsets.UTF_8))
                .isEqualTo("\u0002" + "line\n".repeat(120));
    }

    @Test
    void whatAnOldKeySealedCannotBeReadOnceItIsGone() throws GeneralSecurityException {
        byte[] sealed = secrets.seal("old", "variable var-1");
        byte[] copy = secrets.reseal(sealed);

        assertThat(copy).isNotEqualTo(sealed);
        assertThat(secrets.unsealText(copy, "variable var-1")).isEqualTo("old");
        assertThatThrownBy(() -> secrets.unseal(copy, "variable var-2")).isInstanceOf(IllegalStateException.class);
        sealed[5] ^= 1;
        assertThatThrownBy(() -> secrets.reseal(sealed)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> secrets.reseal(new byte[] {127, 0, 0, 0, 1}))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> secrets.reseal(new byte[2])).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void oneProcessIsAtItAtATime() {
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(store.lock()).isPresent();
            assertThat(QuarkusTransaction.requiringNew().call(impatient()::step))
                    .as("while somebody else has the lock")
                    .isFalse();
        });
    }

    /** Whoever adds a sealed column adds it to the list too. */
    @Test
    void everySealedColumnIsKnown() {
        Set<String> known = SealedColumn.ALL.stream()
                .map(column -> column.table() + "." + column.column())
                .collect(Collectors.toSet());
        List<?> binary = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select table_name || '.' || column_name from"
                                + " information_schema.columns where table_schema = current_schema() and data_type = 'bytea'"
                                + "  and column_name not like '%hash%' and table_name <> 'outbox'")
                        .getResultList());
        assertThat(binary.stream().map(String.class::cast)).containsExactlyInAnyOrderElementsOf(known);
    }

    private List<String> keysIn(SealedColumn column) {
        return QuarkusTransaction.requiringNew()
                .call(() -> store.counts(column, RowAddress.START, new RowAddress(1_000_000, 0)).keySet().stream()
                        .toList());
    }
}
