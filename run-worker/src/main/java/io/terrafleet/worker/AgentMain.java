package io.terrafleet.worker;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.runner.Authorities;
import io.terrafleet.worker.agent.AgentConfig;
import io.terrafleet.worker.agent.AgentProcess;
import io.terrafleet.worker.pod.PodConfig;
import io.terrafleet.worker.process.ProcessConfig;
import io.terrafleet.worker.release.Machine;
import io.terrafleet.worker.release.ReleaseConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;

/**
 * An agent that runs the jobs of its pool as pods of the cluster that it is in: {@code k8s/pool}. It is configured as workers are, needs no
 * Kafka, and dials out to the platform only, whose certificate may be of an authority in the file that {@code SSL_CERT_FILE} names.
 */
public final class AgentMain {
    private static final Logger LOG = Logger.getLogger(AgentMain.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int REFUSED = 1;
    private static final int USAGE = 64;

    private AgentMain() {}

    public static void main(String[] arguments) throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withMapping(AgentConfig.class)
                .withMapping(PodConfig.class)
                .withMapping(ProcessConfig.class)
                .withMapping(ReleaseConfig.class)
                .withValidateUnknown(false)
                .build();
        AgentConfig own = config.getConfigMapping(AgentConfig.class);
        if (own.url().isEmpty() || own.token().isEmpty()) {
            LOG.error("an agent needs TERRAFLEET_WORKER_AGENT_URL, where the platform is, and"
                    + " TERRAFLEET_WORKER_AGENT_TOKEN, a token of its pool");
            System.exit(USAGE);
        }
        Authorities.named(System.getenv()).ifPresent(SSLContext::setDefault);
        AgentProcess agent = AgentProcess.startWithPods(
                new AgentProcess.Identity(
                        own.url().orElseThrow(),
                        own.token().orElseThrow().strip(),
                        own.name().orElseGet(Machine::name),
                        RETRY_AFTER),
                config.getConfigMapping(ProcessConfig.class),
                config.getConfigMapping(ReleaseConfig.class),
                config.getConfigMapping(PodConfig.class),
                new Wiring().clock());
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop-agent"));
        Optional<String> refusal = agent.awaitEnd();
        if (refusal.isPresent()) {
            LOG.errorf("the agent ends: %s", refusal.get());
            System.exit(REFUSED);
        }
    }
}
