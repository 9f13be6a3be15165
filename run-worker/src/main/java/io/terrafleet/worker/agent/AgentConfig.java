package io.terrafleet.worker.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Whether this worker is an agent. One that is sets {@code mp.messaging.incoming.worker-run-requests.enabled=false} too, so that it leaves all other jobs alone. */
@ConfigMapping(prefix = "terrafleet.worker.agent")
public interface AgentConfig {
    /** Secret. A token of the agent pool whose jobs are to be run; without it this worker is no agent. */
    Optional<String> token();

    /** Base URL of the platform. */
    @WithDefault("http://localhost:8081")
    URI api();

    /** Name of the agent for people; without it the machine's host name. */
    Optional<String> name();

    /** How long to wait before the platform is asked again after it could not be reached. */
    @WithDefault("5s")
    Duration retryAfter();
}
