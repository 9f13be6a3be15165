package io.terrafleet.worker.agent;

import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.Jobs;
import io.terrafleet.worker.process.ProcessConfig;
import io.terrafleet.worker.process.ProcessExecutor;
import io.terrafleet.worker.release.Machine;
import io.terrafleet.worker.release.ReleaseConfig;
import io.terrafleet.worker.release.TerraformVersions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A worker of one agent pool, as a process of its own: it has the pool's token and the platform's address, and dials out. Its runners live
 * on when it is killed, and its next start finds them.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final AgentClient client;
    private final ProcessExecutor executor;
    private final AgentLoop loop;

    /**
     * Where and as whom.
     *
     * @param token of the pool
     * @param name of the agent, for people
     * @param retryAfter how long to wait when the platform cannot be reached
     */
    public record Identity(URI url, String token, String name, Duration retryAfter) {
        @Override
        public String toString() {
            return "Identity[" + name + " at " + url + "]";
        }
    }

    private AgentProcess(AgentClient client, ProcessExecutor executor, AgentLoop loop) {
        this.client = client;
        this.executor = executor;
        this.loop = loop;
    }

    /** @throws IOException when the directory for jobs or the provider settings cannot be used */
    public static AgentProcess start(
            Identity identity, ProcessConfig process, ReleaseConfig release, InstantSource clock) throws IOException {
        Path data = Files.createDirectories(process.data());
        AgentClient client = new AgentClient(identity.url(), identity.token(), data.resolve("agent-id"), clock);
        JobReporter reporter =
                new JobReporter(new AgentVoice(client, identity.retryAfter()), clock, identity.name(), WORTH_TELLING);
        Path versions = release.directory().orElse(process.data());
        ProcessExecutor executor = new ProcessExecutor(
                process,
                new TerraformVersions(release, versions, System.getenv("PATH"), Machine.platform(), clock),
                reporter,
                spec -> spec.claimToken()
                        .orElseThrow(() -> new IllegalStateException("the platform gave no claim token")),
                clock,
                identity.name(),
                System.getenv());
        AgentLoop loop = new AgentLoop(
                client,
                identity.name(),
                identity.retryAfter(),
                new Jobs(executor, reporter, clock),
                executor::awaitRoom);
        executor.recover();
        loop.start();
        return new AgentProcess(client, executor, loop);
    }

    /** Waits until it asks for no more jobs. @return why, unless it was closed */
    public Optional<String> awaitEnd() {
        return loop.awaitEnd();
    }

    /** Asks for no more, lets running jobs come to their end, as long as the stop's grace lasts, and says good-bye. */
    @Override
    public void close() {
        loop.close();
        executor.drain();
        client.close();
    }
}
