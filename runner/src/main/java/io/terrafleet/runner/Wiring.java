package io.terrafleet.runner;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

/** The only place of the runner that reads the clock or makes up a text. */
final class Wiring {
    private Wiring() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    /** Tells this runner from every other that may want the same job. */
    static String claimant() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
