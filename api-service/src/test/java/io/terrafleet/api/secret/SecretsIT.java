package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class SecretsIT {
    @Inject
    Secrets secrets;

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
}
