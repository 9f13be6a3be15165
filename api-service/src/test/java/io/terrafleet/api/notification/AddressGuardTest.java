package io.terrafleet.api.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void whatIsNotPublicIsInner(String address) throws Exception {
        assertThat(AddressGuard.inner(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.128.0.1", "172.32.0.1", "198.20.0.1", "2606:4700::1111"})
    void whatIsPublicIsNot(String address) throws Exception {
        assertThat(AddressGuard.inner(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void anInnerHostIsObjectedToUnlessAllowed() {
        URI uri = URI.create("http://127.0.0.1:8080/hook");
        assertThat(new AddressGuard(false).objection(uri))
                .hasValueSatisfying(why -> assertThat(why).contains("127.0.0.1").contains("allow-private-addresses"));
        assertThat(new AddressGuard(true).objection(uri)).isEmpty();
    }

    @Test
    void theSignatureIsTheHmacThatReceiversCompute() {
        // RFC 4231, test case 2
        assertThat(Courier.signature(
                        "Jefe", "what do ya want for nothing?".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    }
}
