package io.terrafleet.standalone.platform;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How people and clients reach a platform.
 *
 * @param url where they think it is, when that is not where it listens
 * @param trustedProxies addresses or networks of reverse proxies whose {@code X-Forwarded-*} headers are believed
 */
public record Reach(Encryption encryption, Optional<URI> url, List<String> trustedProxies) {
    /** Plain HTTP on this machine. */
    public static final Reach PLAIN = new Reach(new Encryption.None(), Optional.empty(), List.of());

    /** What the port speaks. */
    public sealed interface Encryption {
        record None() implements Encryption {}

        /** HTTPS with a certificate of an authority that is made for this installation. */
        record OwnAuthority() implements Encryption {}

        /**
         * HTTPS with somebody's certificate.
         *
         * @param certificate PEM: the server's certificate first, then those that lead to its authority
         * @param key PEM: PKCS#8, without a password
         */
        record Given(Path certificate, Path key) implements Encryption {}
    }
}
