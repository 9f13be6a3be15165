package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.testkit.cluster.Kubelet;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.job.Jobs;
import io.terrafleet.worker.job.ReportedEvents;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more runs at once than a quota has pods for, each asked for by two workers. */
class QuotaIT {
    private static final int PODS = 10;
    private static final List<JobId> JOBS = IntStream.range(0, 60)
            .mapToObj(number -> JobId.of("run-%016d-plan-1".formatted(number)))
            .toList();

    @TempDir
    Path root = Path.of("");

    private final ReportedEvents events = new ReportedEvents();
    private final CountedClient asked = new CountedClient();

    /** Every pod does its work in no time; how many are at it is counted. */
    private static final class Brisk implements Kubelet {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public void run(KubernetesClient client, Pod pod) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            var _ = threads.submit(() -> {
                FakeCluster.say(client, pod, known -> new PodStatusBuilder(known)
                        .withPhase("Running")
                        .build());
                running.decrementAndGet();
                FakeCluster.say(client, pod, known -> new PodStatusBuilder(known)
                        .withPhase("Succeeded")
                        .withContainerStatuses(reported(pod))
                        .build());
            });
        }

        private static ContainerStatus reported(Pod pod) {
            String job = pod.getMetadata().getLabels().get("job-name");
            JobId its = JOBS.stream()
                    .filter(known -> PodNames.of(known).equals(job))
                    .findFirst()
                    .orElseThrow();
            return new ContainerStatusBuilder()
                    .withName(PodManifest.RUNNER)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(0)
                    .withReason("Completed")
                    .withMessage("{\"job\":\"" + its + "\",\"end\":\"reported\",\"message\":\"planned\"}")
                    .endTerminated()
                    .endState()
                    .build();
        }

        @Override
        public void stop(String pod) {}

        @Override
        public void crash(String pod) {}

        @Override
        public void close() {
            threads.close();
        }
    }

    private PodExecutor worker(String name, FakeCluster cluster) throws IOException {
        Settings settings = Settings.with(Map.of("terrafleet.worker.pod.compare-every", "PT2S"));
        InstantSource clock = InstantSource.system();
        PodExecutor worker = new PodExecutor(
                settings.pod(),
                asked.of(cluster),
                settings.versions(root, clock),
                new JobReporter(events, clock, name, Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                PodPaths.IN_POD,
                name);
        worker.recover();
        return worker;
    }

    private void ensureAll(PodExecutor worker) {
        Jobs jobs = new Jobs(
                worker, new JobReporter(events, InstantSource.system(), "door", Duration.ZERO), InstantSource.system());
        Instant now = Instant.now();
        for (JobId job : JOBS) {
            jobs.ensure(new JobSpec(
                    job,
                    "acme",
                    "shop",
                    "terraform",
                    "1.9.8",
                    URI.create("https://api.test"),
                    false,
                    now,
                    now.plusSeconds(600)));
        }
    }

    @Test
    void noRunIsLostAndNoneHasTwoPods() throws IOException, InterruptedException {
        Brisk kubelet = new Brisk();
        try (FakeCluster cluster = new FakeCluster(Optional.of(kubelet));
                PodExecutor first = worker("worker-1", cluster);
                PodExecutor second = worker("worker-2", cluster)) {
            cluster.controller().quota(PODS);
            Thread beside = Thread.ofVirtual().start(() -> ensureAll(second));
            ensureAll(first);
            beside.join();

            Await.until(
                    "all Jobs to be complete",
                    Duration.ofSeconds(90),
                    () -> cluster.jobs().stream().filter(Sight::finished).count() == JOBS.size());
            assertThat(JOBS).allSatisfy(job -> {
                assertThat(cluster.controller().podsMade(PodNames.of(job))).isEqualTo(1);
                assertThat(events.of(job, JobLost.class)).isEmpty();
                assertThat(events.of(job, JobLaunched.class)).hasSize(1);
            });
            assertThat(kubelet.most).hasPositiveValue();
            assertThat(kubelet.most.get()).isLessThanOrEqualTo(PODS);
            assertThat(ManifestsTest.ASKED).containsAll(asked.calls());
        }
    }
}
