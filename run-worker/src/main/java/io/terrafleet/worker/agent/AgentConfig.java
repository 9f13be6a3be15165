package io.terrafleet.worker.agent;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Of a worker that serves an agent pool in a cluster of its own, started by {@link io.terrafleet.worker.AgentMain}. */
@ConfigMapping(prefix = "terrafleet.worker.agent")
public interface AgentConfig {
    /** Where the platform is, as this cluster reaches it. */
    Optional<URI> url();

    /** Secret. A token of the agent pool. */
    Optional<String> token();

    /** What people see; without it the host's name. */
    Optional<String> name();
}
