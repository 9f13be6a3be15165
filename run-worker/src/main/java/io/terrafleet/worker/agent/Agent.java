package io.terrafleet.worker.agent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.worker.job.Jobs;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;

/** Makes this worker an agent when there is a token for it. */
@ApplicationScoped
class Agent {
    private final Optional<AgentLoop> loop;

    Agent(AgentConfig config, Jobs jobs, @Identifier("worker") InstantSource clock) {
        this.loop = config.token()
                .filter(token -> !token.isBlank())
                .map(token -> new AgentLoop(
                        config.api(),
                        token,
                        config.name().orElseGet(Agent::machine),
                        config.retryAfter(),
                        jobs,
                        clock));
    }

    void start(@Observes @Priority(20_000) StartupEvent started) {
        loop.ifPresent(AgentLoop::start);
    }

    void stop(@Observes @Priority(1) ShutdownEvent stopping) {
        loop.ifPresent(AgentLoop::close);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
