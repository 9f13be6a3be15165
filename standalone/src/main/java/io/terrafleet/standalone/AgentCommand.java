package io.terrafleet.standalone;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TrustedAuthority;
import io.terrafleet.worker.agent.AgentLog;
import io.terrafleet.worker.agent.AgentProcess;
import io.terrafleet.worker.process.ProcessConfig;
import io.terrafleet.worker.release.Machine;
import io.terrafleet.worker.release.ReleaseConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the jobs of one agent pool, on a machine that only reaches the platform's address. */
@Command(
        name = "agent",
        description = {
            "Runs the jobs of an agent pool until Ctrl-C; needs the platform's address and a token of the pool, nothing else.",
            "Ctrl-C lets running jobs come to their end. The settings terrafleet.worker.process.* and terrafleet.worker.release.*"
                    + " hold here too, as environment variables."
        })
final class AgentCommand implements Callable<Integer> {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int STRONGER_THAN_ENVIRONMENT = 500;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", required = true, description = "Where the platform is.")
    URI url = URI.create("");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A token of the agent pool. Default: the environment variable TERRAFLEET_AGENT_TOKEN, which"
                    + " the machine's other users cannot see.")
    @Nullable
    String token;

    @Option(names = "--name", paramLabel = "NAME", description = "What people see. Default: the host's name.")
    @Nullable
    String name;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Jobs and installed versions; each agent its own. Default: .terrafleet/agent in the project.")
    @Nullable
    Path data;

    @Option(names = "--slots", paramLabel = "N", defaultValue = "1", description = "Jobs at the same time. Default: 1.")
    int slots = 1;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM of a certificate authority to trust besides the usual ones.")
    @Nullable
    Path authority;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() throws IOException {
        AgentLog.toStandardError();
        Path directory = data == null ? PlatformOptions.root().resolve(".terrafleet/agent") : data;
        AgentProcess.Identity identity = identity();
        if (authority != null) {
            TrustedAuthority.trust(authority, directory);
        }
        SmallRyeConfig config = configuration(directory.toAbsolutePath());
        AgentProcess agent = AgentProcess.start(
                identity,
                config.getConfigMapping(ProcessConfig.class),
                config.getConfigMapping(ReleaseConfig.class),
                Wiring.clock());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("Agent " + identity.name() + " asks " + url + " for jobs. Ctrl-C stops it.");
        out.flush();
        return until(agent);
    }

    /** The first of both: a signal, or the platform's refusal. */
    private int until(AgentProcess agent) {
        AtomicBoolean told = new AtomicBoolean();
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    if (told.compareAndSet(false, true)) {
                        agent.close();
                        closed.countDown();
                    }
                },
                "stop-agent");
        Runtime.getRuntime().addShutdownHook(hook);
        Optional<String> refusal = agent.awaitEnd();
        if (told.compareAndSet(false, true)) {
            agent.close();
            closed.countDown();
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (refusal.isPresent()) {
            throw new PlatformUnusable("the agent ends: " + refusal.get());
        }
        return 0;
    }

    private AgentProcess.Identity identity() {
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new PlatformUnusable("--url must be an address such as https://terrafleet.example.com.");
        }
        if (slots < 1 || slots > 64) {
            throw new PlatformUnusable("--slots must be a number from 1 to 64.");
        }
        String known = token == null ? System.getenv("TERRAFLEET_AGENT_TOKEN") : token;
        if (known == null || known.isBlank()) {
            throw new PlatformUnusable("A token of an agent pool is needed: --token, or TERRAFLEET_AGENT_TOKEN.");
        }
        return new AgentProcess.Identity(url, known.strip(), name == null ? Machine.name() : name, RETRY_AFTER);
    }

    private SmallRyeConfig configuration(Path directory) {
        Map<String, String> own = new HashMap<>();
        own.put("terrafleet.worker.process.data", directory.toString());
        own.put("terrafleet.worker.process.slots", Integer.toString(slots));
        own.put(
                "terrafleet.worker.process.runner-classpath",
                PlatformOptions.root().resolve("runner/target/runtime").toString());
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withSources(new PropertiesConfigSource(own, "agent", STRONGER_THAN_ENVIRONMENT))
                .withMapping(ProcessConfig.class)
                .withMapping(ReleaseConfig.class)
                .withValidateUnknown(false)
                .build();
    }
}
