package io.terrafleet.worker;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.runner.Authorities;
import io.terrafleet.worker.agent.AgentConfig;
import io.terrafleet.worker.agent.AgentLog;
import io.terrafleet.worker.agent.AgentProcess;
import io.terrafleet.worker.pod.PodConfig;
import io.terrafleet.worker.process.ProcessConfig;
import io.terrafleet.worker.release.Machine;
import io.terrafleet.worker.release.ReleaseConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;

/**
 * An agent that runs the jobs of its pool as pods of the cluster that it is in: {@code k8s/pool}. It is configured as workers are, needs no
 * Kafka, and dials out to the platform only, whose certificate may be of an authority in the file that {@code SSL_CERT_FILE} names.
 *
 * <p>Exit codes: 64 when a setting is missing or wrong, 1 when the platform refuses it or it cannot go on, 0 after a SIGTERM.
 */
public final class AgentMain {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int FAILED = 1;
    private static final int USAGE = 64;

    static {
        AgentLog.toStandardError();
    }

    private static final Logger LOG = Logger.getLogger(AgentMain.class);

    private AgentMain() {}

    public static void main(String[] arguments) {
        try {
            until(started());
        } catch (IllegalArgumentException | ConfigValidationException e) {
            end(USAGE, "the agent does not start", e);
        } catch (IOException e) {
            end(FAILED, "the agent does not start", e);
        }
    }

    private static void end(int code, String what, Exception why) {
        LOG.errorf("%s: %s", what, String.valueOf(why.getMessage()).replaceAll("\\s+", " "));
        System.exit(code);
    }

    private static AgentProcess started() throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withMapping(AgentConfig.class)
                .withMapping(PodConfig.class)
                .withMapping(ProcessConfig.class)
                .withMapping(ReleaseConfig.class)
                .withValidateUnknown(false)
                .build();
        AgentProcess.Identity identity = identity(config.getConfigMapping(AgentConfig.class));
        Authorities.named(System.getenv()).ifPresent(SSLContext::setDefault);
        return AgentProcess.startWithPods(
                identity,
                config.getConfigMapping(ProcessConfig.class),
                config.getConfigMapping(ReleaseConfig.class),
                config.getConfigMapping(PodConfig.class),
                new Wiring().clock());
    }

    private static AgentProcess.Identity identity(AgentConfig own) {
        Optional<URI> url = own.url();
        String token = own.token().map(String::strip).orElse("");
        if (url.isEmpty() || token.isEmpty()) {
            throw new IllegalArgumentException("an agent needs TERRAFLEET_WORKER_AGENT_URL, where the platform is, and"
                    + " TERRAFLEET_WORKER_AGENT_TOKEN, a token of its pool");
        }
        return new AgentProcess.Identity(url.get(), token, own.name().orElseGet(Machine::name), RETRY_AFTER);
    }

    /** Waits for the first of both: a signal, or that the agent cannot go on. */
    private static void until(AgentProcess agent) {
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent, ending), "stop-agent"));
        Optional<String> refusal = refusal(agent);
        if (refusal.isPresent() && ending.compareAndSet(false, true)) {
            LOG.errorf("the agent ends: %s", refusal.get());
            agent.close();
            System.exit(FAILED);
        }
    }

    private static Optional<String> refusal(AgentProcess agent) {
        try {
            return agent.awaitEnd();
        } catch (CompletionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        }
    }

    /** A JVM that a signal ends has the exit code 143, which a cluster shows as a failure; here all is well. */
    private static void stop(AgentProcess agent, AtomicBoolean ending) {
        if (ending.compareAndSet(false, true)) {
            agent.close();
            LOG.info("stopped");
            Runtime.getRuntime().halt(0);
        }
    }
}
