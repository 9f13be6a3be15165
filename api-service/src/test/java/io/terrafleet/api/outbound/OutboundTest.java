package io.terrafleet.api.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.PrivateAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {
    private final Outbound outbound = new Outbound(new OutboundConfig() {
        @Override
        public boolean allowPrivateAddresses() {
            return false;
        }

        @Override
        public Duration answerWithin() {
            return Duration.ofSeconds(2);
        }
    });

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
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "fd00::1",
                "fe80::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1"
            })
    void privateAddressesAreKnown(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "192.1.1.1", "2a00:1450:4001:82b::200e"})
    void publicOnesToo(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void nothingIsSentToAPrivateAddress() {
        Outbound.Answer answer = outbound.post("http://127.0.0.1:1/", Map.of(), new byte[0]);
        assertThat(answer.ok()).isFalse();
        assertThat(answer.words()).isEqualTo("its address is not on the public internet");
        assertThat(outbound.post("http://[::1]:1/", Map.of(), new byte[0]).words())
                .contains("public internet");
    }

    @Test
    void whatIsNoAddressIsSaid() {
        for (String url :
                new String[] {"", "x", "ftp://a", "https://", "https://user@host/", "http://a/#b", "http://a b"}) {
            assertThat(outbound.fault(url)).as(url).isPresent();
        }
        assertThat(outbound.fault("https://example.com/hook?x=1")).isEmpty();
    }
}
