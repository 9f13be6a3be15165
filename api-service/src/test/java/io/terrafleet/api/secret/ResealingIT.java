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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
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
        String later = "later-" + filed.id();
        LocalDate month = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .plusMonths(1);
        began(later, month);
        logs.append(later, 0, "later\n".getBytes(StandardCharsets.UTF_8), 1_000_000);
        assertThat(keysIn(new SealedColumn(part(month), "content"))).containsExactly(secrets.key());
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
        for (SealedColumn column : columns()) {
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
        assertThat(new String(logs.read(later, 0, 1_000), StandardCharsets.UTF_8))
                .isEqualTo("\u0002later\n");
    }

    /** In one transaction, so that no other process goes on with the pass meanwhile. */
    @Test
    void whatGoesToAMonthThatIsMadeDuringAPassIsSealedAnewToo() {
        LocalDate month = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .plusMonths(20);
        SealedColumn made = new SealedColumn(part(month), "content");
        String before = secrets.key();
        began("moved-plan", month);
        logs.append("moved-plan", 0, "moved\n".getBytes(StandardCharsets.UTF_8), 1_000);
        byte[] old = QuarkusTransaction.requiringNew()
                .call(() ->
                        (byte[]) entities.createNativeQuery("select content from log_piece where log_id = 'moved-plan'")
                                .getSingleResult());
        tenant.siteAdministrator()
                .asks()
                .post(SETTINGS + "/actions/rotate-key")
                .then()
                .statusCode(204);
        untilFinished();

        QuarkusTransaction.requiringNew().run(() -> {
            ResealingProgress finished = store.lock().orElseThrow();
            entities.createNativeQuery("update log_piece set content = ?1 where log_id = 'moved-plan'")
                    .setParameter(1, old)
                    .executeUpdate();
            store.save(ResealingProgress.towards(finished.key(), clock.instant(), store.columns()));
            goOnUntil(progress -> isAt(progress, "log_piece_default"));
            make(month);
            assertThat(keysIn(made)).containsExactly(before);
            assertThat(goOnUntil(progress -> progress.pass().endedAt().isPresent()))
                    .as("it met nothing under another key, but was not everywhere")
                    .matches(progress -> progress.finishedAt().isEmpty())
                    .matches(progress -> progress.pass().foreign() == 0);
            goOnUntil(progress -> progress.finishedAt().isPresent());
            assertThat(keysIn(made)).containsExactly(secrets.key());
        });
    }

    @Test
    void aMonthThatIsDroppedDuringAPassIsPassedOver() {
        LocalDate month = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .plusMonths(21);
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(store.lock()).isPresent();
            make(month);
            store.save(ResealingProgress.towards(secrets.key(), clock.instant(), store.columns()));
            began("dropped-plan", month);
            logs.append("dropped-plan", 0, "dropped\n".getBytes(StandardCharsets.UTF_8), 1_000);
            goOnUntil(progress -> isAt(progress, part(month)));
            entities.createNativeQuery("drop table " + part(month)).executeUpdate();
            goOnUntil(progress -> progress.finishedAt().isPresent());
        });
    }

    private ResealingProgress goOnUntil(Predicate<ResealingProgress> there) {
        Resealing resealing = impatient();
        for (int steps = 0; steps < 10_000; steps++) {
            ResealingProgress progress = store.find().orElseThrow();
            if (there.test(progress)) {
                return progress;
            }
            resealing.step();
        }
        throw new AssertionError("not there: " + store.find());
    }

    private static boolean isAt(ResealingProgress progress, String table) {
        ResealingProgress.Pass pass = progress.pass();
        return !pass.isOver() && pass.columns().get(pass.column()).table().equals(table);
    }

    private void began(String log, LocalDate month) {
        QuarkusTransaction.joiningExisting()
                .run(() -> entities.createNativeQuery("insert into log (id, at) values (?1, cast(?2 as timestamptz))")
                        .setParameter(1, log)
                        .setParameter(2, month + "T12:00:00Z")
                        .executeUpdate());
    }

    private void make(LocalDate month) {
        entities.createNativeQuery("select make_month('log_piece', cast(?1 as date))")
                .setParameter(1, month.toString())
                .getSingleResult();
    }

    private static String part(LocalDate month) {
        return "log_piece_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
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
                                + "  and column_name not like '%hash%' and table_name <> 'outbox' and table_name in (select relname from"
                                + " pg_class where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p')"
                                + " and not relispartition)")
                        .getResultList());
        assertThat(binary.stream().map(String.class::cast)).containsExactlyInAnyOrderElementsOf(known);
    }

    private List<SealedColumn> columns() {
        return QuarkusTransaction.requiringNew().call(store::columns);
    }

    private List<String> keysIn(SealedColumn column) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> store.counts(column, RowAddress.START, new RowAddress(1_000_000, 0)).keySet().stream()
                        .toList());
    }
}
