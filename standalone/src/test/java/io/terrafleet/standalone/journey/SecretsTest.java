package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A search that would not find what is there would prove nothing. */
class SecretsTest {
    @Test
    void aSecretIsRecognizedInEveryForm() {
        Secrets secrets = new Secrets();
        String value = secrets.make("one");
        for (String before : new String[] {"", "a", "ab", "abc", "{\"x\":\""}) {
            byte[] among = (before + value + "\"}").getBytes(StandardCharsets.UTF_8);
            assertThat(secrets.in(among)).as("plain").containsExactly("one");
            assertThat(secrets.in(HexFormat.of().formatHex(among))).as("hex").containsExactly("one");
            assertThat(secrets.in(Base64.getEncoder().encodeToString(among)))
                    .as("Base64 after '%s'", before)
                    .containsExactly("one");
            assertThat(secrets.in(Base64.getUrlEncoder().withoutPadding().encodeToString(among)))
                    .as("Base64 of addresses after '%s'", before)
                    .containsExactly("one");
        }
        assertThat(secrets.in("nothing " + value.substring(1))).isEmpty();
    }
}
