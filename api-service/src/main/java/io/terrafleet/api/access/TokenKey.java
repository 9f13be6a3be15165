package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.InternalKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes the secrets of tokens and what is kept of them: an HMAC under the installation's internal key, so that a copy of the database
 * proves no guess.
 */
@ApplicationScoped
class TokenKey {
    private static final int SECRET_LENGTH = 54;
    private static final String PURPOSE = "api token";

    private final InternalKey key;
    private final RandomGenerator random;

    TokenKey(@Identifier("api") InternalKey key, @Identifier("api") RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    byte[] kept(String secret) {
        return keyed(sha256(secret));
    }

    /** @param sha256 of the secret: all that was kept of it before */
    byte[] keyed(byte[] sha256) {
        return HexFormat.of().parseHex(key.sign(PURPOSE, HexFormat.of().formatHex(sha256)));
    }

    /** {@code tfl.} and 54 characters of base 58: 316 bits, recognisable to secret scanners. */
    String newSecret() {
        StringBuilder secret = new StringBuilder("tfl.");
        while (secret.length() < SECRET_LENGTH) {
            secret.append(Ids.make("x", random).substring(2));
        }
        return secret.substring(0, SECRET_LENGTH + 4);
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
