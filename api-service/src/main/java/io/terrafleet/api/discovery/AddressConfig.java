package io.terrafleet.api.discovery;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** From and at which addresses this installation is met, as its operator knows them: told to clients that ask, and used for nothing else. */
@ConfigMapping(prefix = "terrafleet.address-ranges")
public interface AddressConfig {
    /** Ranges such as 203.0.113.0/24 at which the API and the pages are reached. */
    Optional<List<String>> api();

    /** Ranges from which notifications come. */
    Optional<List<String>> notifications();

    /** Ranges from which run tasks and policy downloads come. */
    Optional<List<String>> sentinel();

    /** Ranges from which version control systems are called. */
    Optional<List<String>> vcs();
}
