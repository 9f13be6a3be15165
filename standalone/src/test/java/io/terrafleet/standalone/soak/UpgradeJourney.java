package io.terrafleet.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.soak.History.RunRow;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.testkit.cluster.ProcessKubelet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An upgrade as Kubernetes does one: while runs go on, each service gets a successor beside it, which takes its address over when it is
 * ready, and is told to end. Runners are pods of a cluster in memory; they are processes of their own and outlive any worker.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(UpgradeJourney.ITS_OWN)
class UpgradeJourney {
    /** That of all journeys with a platform of their own: one of them at a time. */
    static final String ITS_OWN = "a platform of its own";

    /** As {@code terminationGracePeriodSeconds} of the manifests. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int WORKSPACES = 3;
    /** An apply takes longer than from the successor's readiness to the former's end. */
    private static final String RUN = "kind=normal plan_millis=300 apply_millis=2500 steps=5";

    @TempDir
    Path directory = Path.of("");

    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> unanswered = new CopyOnWriteArrayList<>();

    @Test
    void everyServiceIsReplacedAndNoRunNoticesIt() throws Exception {
        Settings settings = settings();
        Assumptions.assumeTrue(Files.exists(settings.jar(Part.API)), "skipped: the services were not packaged alone");
        Ports first = settings.ports().next();
        Ports second = first.next();
        Stage stage = new Stage(Stage.prepare(settings).settings(), Optional.empty());
        Fleet fleet = new Fleet(settings);
        Thread hook = new Thread(fleet::close, "end-of-upgrade");
        Runtime.getRuntime().addShutdownHook(hook);
        try (FakeCluster cluster = cluster();
                fleet;
                Proxy address = Proxy.open(settings.ports().api(), first.api());
                TfeClient api =
                        new TfeClient(URI.create("http://localhost:" + address.port()), settings.adminToken())) {
            for (Part part : services()) {
                fleet.set(part, keys(part, first, settings, cluster));
            }
            fleet.startAll();
            List<Stage.Place> places = stage.plain(api, WORKSPACES, RUN);
            AtomicBoolean enough = new AtomicBoolean();
            List<Thread> people = places.stream()
                    .map(place -> Thread.ofPlatform().daemon().start(new Passer(api, place, ended, unanswered, enough)))
                    .toList();

            List<Fleet.Ending> endings = new ArrayList<>();
            for (Part part : services()) {
                awaitAnotherRun("before the " + part.word() + " is replaced");
                Runnable lead = part == Part.API ? () -> address.lead(second.api()) : () -> {};
                endings.add(fleet.replace(part, keys(part, second, settings, cluster), lead, GRACE));
            }
            awaitAnotherRun("after all were replaced");
            enough.set(true);
            Await.until("the last runs", PATIENCE, () -> people.stream().noneMatch(Thread::isAlive));

            History history = history(settings, api);
            assertThat(endings).allSatisfy(ending -> {
                assertThat(ending.inOrder()).as("%s", ending).isTrue();
                assertThat(ending.exitCode()).as("%s", ending).isIn(0, 143);
            });
            assertThat(history.runs()).extracting(RunRow::status).containsOnly("applied");
            assertThat(Checker.check(history)).isEmpty();
            assertThat(cluster.jobs())
                    .as("a plan and an apply of each run")
                    .hasSize(2 * history.runs().size());
            // Requests under way are answered; one that goes out on a kept connection while that is closed has to be
            // asked again.
            assertThat(unanswered).as("requests that nobody answered").hasSizeLessThanOrEqualTo(2 * WORKSPACES);
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static List<Part> services() {
        return List.of(Part.API, Part.POLICY, Part.COST, Part.WORKER);
    }

    private Settings settings() {
        Path root = Path.of(System.getProperty("terrafleet.root", ".."))
                .toAbsolutePath()
                .normalize();
        return new Settings(
                root,
                directory.resolve("round"),
                Ports.find().direct(),
                Wiring.secret(10) + ".terrafleet." + Wiring.secret(36),
                Wiring.secret(32));
    }

    private FakeCluster cluster() throws IOException {
        return new FakeCluster(Optional.of(new ProcessKubelet(Files.createDirectories(directory.resolve("pods")))));
    }

    private static Map<String, String> keys(Part part, Ports own, Settings settings, FakeCluster cluster) {
        String port = Integer.toString(own.of(part));
        return part == Part.WORKER
                ? Map.of(
                        "quarkus.http.port",
                        port,
                        "kubernetes.master",
                        cluster.address(),
                        "terrafleet.worker.job.executor",
                        "kubernetes",
                        "terrafleet.worker.job.worker-name",
                        "worker-" + port,
                        "terrafleet.worker.pod.terraform-path",
                        settings.simulated().toString())
                : Map.of("quarkus.http.port", port, "quarkus.shutdown.timeout", "10s"); // as the manifest has it
    }

    /** The platform works, and something is under way. */
    private void awaitAnotherRun(String when) {
        int before = ended.get();
        Await.until("another run, " + when, PATIENCE, () -> ended.get() > before);
    }

    private static History history(Settings settings, TfeClient api) {
        Topics topics = new Topics("localhost:" + settings.ports().kafkaProxy());
        try (HistoryReader reader = HistoryReader.open(settings.ports().postgres(), api, topics, settings.journal())) {
            Await.until("the outboxes to be empty", PATIENCE, () -> reader.outboxes().values().stream()
                    .allMatch(count -> count == 0));
            return reader.read();
        }
    }
}
