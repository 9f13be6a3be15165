package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.api.Tenant;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class SecretsIT {
    @Inject
    Secrets secrets;

    @Inject
    SecretStore store;

    @Inject
    SecretConfig config;

    @Inject
    Tenant tenant;

    @TempDir
    Path directory;

    @Test
    void whatIsSealedIsUnsealed() {
        byte[] sealed = secrets.seal("p4ssw0rd", "variable var-1");

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("p4ssw0rd");
        assertThat(secrets.unsealText(sealed, "variable var-1")).isEqualTo("p4ssw0rd");
    }

    @Test
    void everyValueHasItsOwnDataKey() {
        assertThat(secrets.seal("same", "variable var-1")).isNotEqualTo(secrets.seal("same", "variable var-1"));
    }

    @Test
    void anotherContextDoesNotUnseal() {
        byte[] sealed = secrets.seal("p4ssw0rd", "variable var-1");

        assertThatThrownBy(() -> secrets.unseal(sealed, "variable var-2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("variable var-2")
                .hasMessageNotContaining("p4ssw0rd");
    }

    @Test
    void anAlteredValueDoesNotUnseal() {
        byte[] sealed = secrets.seal("p4ssw0rd", "variable var-1");
        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> secrets.unseal(sealed, "variable var-1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMissingKeysetIsNotReplacedWhileSomethingIsSealed() {
        Path missing = directory.resolve("keyset.json");

        assertThatThrownBy(() -> start(missing)).hasStackTraceContaining("is missing, and the database holds values");
        assertThat(missing).doesNotExist();
    }

    @Test
    void anotherKeysetIsNotTaken() {
        KeysetFile another = new KeysetFile(directory.resolve("keyset.json"));
        another.create();

        assertThatThrownBy(() -> start(another.path()))
                .hasStackTraceContaining("is not the one that this database's values");
    }

    @Test
    void anotherKeySealsAndTheOldOnesUnsealInEveryProcess() {
        byte[] before = secrets.seal("old", "variable var-1");
        Secrets elsewhere = start(config.keysetFile());

        tenant.siteAdministrator()
                .asks()
                .post("/api/v2/admin/secret-settings/actions/rotate-key")
                .then()
                .statusCode(204);

        byte[] after = secrets.seal("new", "variable var-1");
        assertThat(secrets.unsealText(before, "variable var-1")).isEqualTo("old");
        assertThat(elsewhere.unsealText(after, "variable var-1")).isEqualTo("new");
        assertThat(elsewhere.unsealText(before, "variable var-1")).isEqualTo("old");
        assertThat(new KeysetFile(config.keysetFile()).read().size()).isGreaterThan(1);
    }

    private Secrets start(Path keyset) {
        SecretConfig here = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SecretConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("terrafleet.secret.keyset-file", keyset.toString()), "test", 500))
                .build()
                .getConfigMapping(SecretConfig.class);
        return QuarkusTransaction.requiringNew().call(() -> {
            Secrets started = new Secrets(here, store);
            started.open(new StartupEvent());
            return started;
        });
    }
}
