package io.terrafleet.api.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every JVM has. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** Against accidents on the way only. */
    static MessageDigest md5() {
        return digest("MD5");
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + name, e);
        }
    }
}
