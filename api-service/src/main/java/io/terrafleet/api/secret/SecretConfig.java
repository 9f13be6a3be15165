package io.terrafleet.api.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the key that seals all secrets is kept. */
@ConfigMapping(prefix = "terrafleet.secret")
public interface SecretConfig {
    /**
     * A Tink keyset in JSON, readable by this service only. Made (mode 0600) when it is absent and nothing was sealed yet. Whoever
     * loses it loses every sensitive variable, state and artifact: back it up, apart from the database.
     */
    Path keysetFile();
}
