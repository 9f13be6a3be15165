package io.terrafleet.standalone.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority that this JVM, and the runners that it starts, trust besides the usual ones. */
public final class TrustedAuthority {
    /** Name of the store that is made, in the given directory. */
    public static final String STORE = "trust.p12";

    private TrustedAuthority() {}

    /**
     * Before anything connects.
     *
     * @param certificates PEM
     * @param directory for the store that is made of them
     * @throws PlatformUnusable when the file holds no certificates
     */
    public static void trust(Path certificates, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new PlatformUnusable("the directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
        Path store = directory.resolve(STORE);
        Tls.trusting(Tls.chain(certificates), store);
        Platform.trust(store.toAbsolutePath());
    }
}
