package io.terrafleet.api.secret;

import io.terrafleet.contracts.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * A secret that stands in an address and lets whoever has the address in: clients send no token when they upload. Shown once, kept as
 * its SHA-256. 48 characters of base 58, 281 bits.
 */
public record AddressKey(String secret) {
    public static AddressKey make(RandomGenerator random) {
        StringBuilder secret = new StringBuilder();
        for (int part = 0; part < 3; part++) {
            secret.append(Ids.make("x", random).substring(2));
        }
        return new AddressKey(secret.toString());
    }

    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    public boolean fits(byte[] hash) {
        return MessageDigest.isEqual(hash(), hash);
    }

    @Override
    public String toString() {
        return "AddressKey(hidden)";
    }
}
