package io.terrafleet.worker.agent;

import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.job.Jobs;
import io.terrafleet.worker.pod.PodConfig;
import io.terrafleet.worker.pod.PodExecutor;
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
    private final Runnable drain;
    private final AgentLoop loop;

    /**
     * Where and as whom.
     *
     * @param token of the pool
     * @param name of the agent, for people
     * @param retryAfter how long to wait when the platform cannot be reached
     */
    public record Identity(URI url, String token, String name, Duration retryAfter) {
        /** @throws IllegalArgumentException when the address is none that an agent can ask; it is said and shown, so it holds no secrets */
        public Identity {
            String scheme = String.valueOf(url.getScheme());
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (!web || url.getHost() == null || url.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "the platform's address must be one such as https://terrafleet.example.com");
            }
        }

        @Override
        public String toString() {
            return "Identity[" + name + " at " + url + "]";
        }
    }

    private AgentProcess(AgentClient client, Runnable drain, AgentLoop loop) {
        this.client = client;
        this.drain = drain;
        this.loop = loop;
    }

    /** @throws IOException when the directory for jobs or the provider settings cannot be used */
    public static AgentProcess start(
            Identity identity, ProcessConfig process, ReleaseConfig release, InstantSource clock) throws IOException {
        Parts parts = Parts.of(identity, process, release, clock);
        ProcessExecutor executor = new ProcessExecutor(
                process,
                parts.versions(),
                parts.reporter(),
                AgentProcess::claimToken,
                clock,
                identity.name(),
                System.getenv());
        return begun(identity, parts, executor, executor::awaitRoom, executor::drain, clock);
    }

    /**
     * The same with jobs as pods of the cluster that this process runs in, or that the environment's kubeconfig names. There is always room:
     * what finds none in the cluster waits there and says so.
     */
    public static AgentProcess startWithPods(
            Identity identity, ProcessConfig process, ReleaseConfig release, PodConfig pods, InstantSource clock)
            throws IOException {
        Parts parts = Parts.of(identity, process, release, clock);
        PodExecutor executor = PodExecutor.connect(
                pods,
                parts.versions(),
                parts.reporter(),
                AgentProcess::claimToken,
                clock,
                identity.name(),
                (verb, resource) -> {});
        return begun(identity, parts, executor, most -> true, executor::close, clock);
    }

    private record Parts(AgentClient client, JobReporter reporter, TerraformVersions versions) {
        static Parts of(Identity identity, ProcessConfig process, ReleaseConfig release, InstantSource clock)
                throws IOException {
            Path data = Files.createDirectories(process.data());
            AgentClient client = new AgentClient(identity.url(), identity.token(), data.resolve("agent-id"), clock);
            return new Parts(
                    client,
                    new JobReporter(
                            new AgentVoice(client, identity.retryAfter()), clock, identity.name(), WORTH_TELLING),
                    new TerraformVersions(
                            release,
                            release.directory().orElse(process.data()),
                            System.getenv("PATH"),
                            Machine.platform(),
                            clock));
        }
    }

    private static String claimToken(JobSpec spec) {
        return spec.claimToken().orElseThrow(() -> new IllegalStateException("the platform gave no claim token"));
    }

    private static AgentProcess begun(
            Identity identity,
            Parts parts,
            Executor executor,
            AgentLoop.Room room,
            Runnable drain,
            InstantSource clock) {
        AgentLoop loop = new AgentLoop(
                parts.client(),
                identity.name(),
                identity.retryAfter(),
                new Jobs(executor, parts.reporter(), clock),
                room);
        executor.recover();
        loop.start();
        return new AgentProcess(parts.client(), drain, loop);
    }

    /** Waits until it asks for no more jobs. @return why, unless it was closed */
    public Optional<String> awaitEnd() {
        return loop.awaitEnd();
    }

    /** Asks for no more, lets running jobs come to their end, as long as the stop's grace lasts, and says good-bye. */
    @Override
    public void close() {
        loop.close();
        drain.run();
        client.close();
    }
}
