package io.terrafleet.cost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the cost-service works. */
@ConfigMapping(prefix = "terrafleet.cost")
public interface CostConfig {
    /** Base URL of the api-service, from which plans are fetched. */
    @WithDefault("http://localhost:8081")
    URI apiUrl();

    /** How long a plan may take to begin to arrive, and then to end; after that it is tried again. */
    @WithDefault("60s")
    Duration downloadPatience();

    /** Where imported price lists are kept; without it the shipped prices alone are used. Read at the start. */
    Optional<Path> pricesDirectory();
}
