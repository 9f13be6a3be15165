package io.terrafleet.api.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the key that seals all secrets is kept. */
@ConfigMapping(prefix = "terrafleet.secret")
public interface SecretConfig {
    /**
     * A Tink keyset in JSON, readable by this service only. Made (mode 0600) when it is absent and nothing was sealed yet. Whoever
     * loses it loses every sensitive variable, state and artifact: back it up, apart from the database.
     */
    Path keysetFile();

    /**
     * After another key has begun to seal, so long may a process that has not looked into the file since seal with the one before; only a
     * search that begins later can show that nothing is sealed with it. Processes look every minute.
     */
    @WithDefault("PT2M")
    Duration settle();

    /** From one search for values under an older key to the next, while there are any. */
    @WithDefault("PT30S")
    Duration pause();

    /** A key management that encrypts the keyset file: the transit engine of Vault or OpenBao. */
    Transit transit();

    /** Without an address the keys lie in the file as they are. */
    interface Transit {
        /** Base URL, for example {@code https://vault.example.com:8200}. */
        Optional<URI> address();

        /** Path of the engine. */
        @WithDefault("transit")
        String mount();

        /** Name of the key, which may rotate there. */
        @WithDefault("terrafleet")
        String key();

        /** File with a token that may encrypt and decrypt with the key; read again each time, so it may be renewed. */
        Optional<Path> tokenFile();

        /** Vault's namespace. */
        Optional<String> namespace();
    }
}
