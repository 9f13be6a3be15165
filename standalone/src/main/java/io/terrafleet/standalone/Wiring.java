package io.terrafleet.standalone;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Base64;

/** The one place of this module that reads the wall clock or draws by chance. */
public final class Wiring {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Wiring() {}

    public static InstantSource clock() {
        return Clock.systemUTC();
    }

    /** Letters, digits, {@code -} and {@code _}; four for three bytes. */
    public static String secret(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }
}
