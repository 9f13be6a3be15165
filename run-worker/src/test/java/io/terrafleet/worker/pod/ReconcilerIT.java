package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.event.WorkerEvent.JobWaiting;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.job.ReportedEvents;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that do only what a test says, workers that must notice and tell it once, and a network that breaks. */
class ReconcilerIT {
    private static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");

    @TempDir
    Path root = Path.of("");

    private final ReportedEvents events = new ReportedEvents();
    private final List<Executor> workers = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>(Map.of(
            "terrafleet.worker.pod.compare-every", "PT2S",
            "terrafleet.worker.pod.unschedulable-for", "PT3S",
            "terrafleet.worker.pod.api-patience", "PT2M"));
    private final CountedClient asked = new CountedClient();
    private @Nullable FakeCluster made;

    @BeforeEach
    void begin() throws IOException {
        made = new FakeCluster(Optional.empty());
    }

    @AfterEach
    void end() throws IOException {
        workers.forEach(Executor::close);
        assertThat(ManifestsTest.ASKED).containsAll(asked.calls());
        cluster().close();
    }

    private FakeCluster cluster() {
        return Objects.requireNonNull(made);
    }

    private Executor worker(String name) throws IOException {
        Settings settings = Settings.with(keys);
        InstantSource clock = InstantSource.system();
        Executor worker = new PodExecutor(
                settings.pod(),
                asked.of(cluster()),
                settings.versions(root, clock),
                new JobReporter(events, clock, name, Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                PodPaths.IN_POD,
                name);
        workers.add(worker);
        worker.recover();
        return worker;
    }

    private static JobSpec spec(JobId job) {
        Instant now = Instant.now();
        return new JobSpec(
                job,
                "acme",
                "shop",
                "terraform",
                "1.9.8",
                URI.create("https://api.test"),
                false,
                now,
                now.plusSeconds(600));
    }

    private static void until(String what, BooleanSupplier happened) {
        Await.until(what, Duration.ofSeconds(60), happened);
    }

    private Pod launched(Executor worker, JobId job) {
        worker.launch(spec(job));
        return podOf(job);
    }

    private Pod podOf(JobId job) {
        return Await.value("the pod of " + job, Duration.ofSeconds(60), () -> cluster().pods().stream()
                .filter(pod ->
                        PodNames.of(job).equals(pod.getMetadata().getLabels().get("job-name")))
                .findFirst());
    }

    private Job job(JobId job) {
        return cluster().job(PodNames.of(job)).orElseThrow();
    }

    private void unschedulable(Pod pod, String message) {
        cluster().says(pod, status -> new PodStatusBuilder(status)
                .withConditions(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage(message)
                        .build())
                .build());
    }

    private static PodStatus ended(String phase, String reason, int exitCode, String message) {
        ContainerStatus status = new ContainerStatusBuilder()
                .withName(PodManifest.RUNNER)
                .withNewState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .withMessage(message)
                .endTerminated()
                .endState()
                .build();
        return new PodStatusBuilder()
                .withPhase(phase)
                .withContainerStatuses(status)
                .build();
    }

    private static PodStatus reported(JobId job) {
        return ended(
                "Succeeded", "Completed", 0, "{\"job\":\"" + job + "\",\"end\":\"reported\",\"message\":\"planned\"}");
    }

    private List<JobLost> lost(JobId job) {
        return events.of(job, JobLost.class);
    }

    private void untilLost(JobId job) {
        until("the loss of " + job, () -> !lost(job).isEmpty());
    }

    private boolean told(JobId job) {
        return cluster()
                .job(PodNames.of(job))
                .map(found -> Sight.annotation(found, Marks.TOLD))
                .orElse("")
                .equals("yes");
    }

    @Test
    void ofThreeWorkersOneTellsWhatIsTheMatter() throws IOException {
        Executor worker = worker("worker-1");
        worker("worker-2");
        worker("worker-3");
        Pod pod = launched(worker, PLAN);

        unschedulable(pod, "0/3 nodes are available: 3 Insufficient cpu.");

        until("the wait to be told", () -> !events.of(PLAN, JobWaiting.class).isEmpty());
        assertThat(events.of(PLAN, JobWaiting.class).getFirst().reason())
                .contains("0/3 nodes are available: 3 Insufficient cpu.");
        untilLost(PLAN);
        until("it to be remembered", () -> told(PLAN));
        until("the Job to be ended", () -> Sight.finished(job(PLAN)));
        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("unschedulable");
            assertThat(lost.message()).contains("Insufficient cpu");
        });
        assertThat(events.of(PLAN, JobWaiting.class)).hasSize(1);
        assertThat(events.of(PLAN, JobLaunched.class)).hasSize(1);
    }

    @Test
    void outOfMemoryIsToldOnceThoughEventsRepeat() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);

        for (int i = 0; i < 5; i++) {
            cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));
        }

        untilLost(PLAN);
        until("it to be remembered", () -> told(PLAN));
        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("out-of-memory");
            assertThat(lost.message()).contains("2Gi");
        });
        assertThat(asked.calls())
                .as(
                        "one before it is told, one after, and at most one for each event that made the first come too late")
                .filteredOn("patch jobs"::equals)
                .hasSizeBetween(2, 2 + 5);
    }

    private static PodStatus cannotPull() {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .withStartTime(Instant.now().toString())
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(PodManifest.BINARY)
                        .withImage("hashicorp/terraform:1.9.8")
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("manifest unknown")
                        .endWaiting()
                        .endState()
                        .build())
                .build();
    }

    /** A version that nobody ever released, or an image that somebody misspelt: its run is told and ends, and nobody else waits for it. */
    @Test
    void anImageThatDoesNotExistEndsItsRunAndNoOther() throws IOException {
        keys.put("terrafleet.worker.pod.pull-fails-for", "PT1S");
        Executor worker = worker("worker-1");
        JobId other = JobId.of("run-bbbbbbbbbbbbbbbb-plan-1");
        PodStatus status = cannotPull();

        cluster().says(launched(worker, PLAN), known -> status);
        Pod beside = launched(worker, other);
        untilLost(PLAN);
        cluster().says(beside, known -> reported(other));

        until("the other Job to end", () -> Sight.finished(job(other)));
        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("image-pull");
            assertThat(lost.permanent()).isTrue();
            assertThat(lost.message()).contains("hashicorp/terraform:1.9.8", "cannot be pulled", "manifest unknown");
        });
        assertThat(lost(other)).isEmpty();
    }

    @Test
    void aQuotaThatIsUsedUpIsToldAndWaitedFor() throws IOException {
        cluster().controller().quota(0);
        Executor worker = worker("worker-1");
        worker.launch(spec(PLAN));

        until("the quota to be told", () -> !events.of(PLAN, JobWaiting.class).isEmpty());
        assertThat(events.of(PLAN, JobWaiting.class).getFirst().reason()).contains("limited: pods=0");
        cluster().controller().quota(1);
        cluster().says(podOf(PLAN), status -> reported(PLAN));

        until("the Job to end", () -> Sight.finished(job(PLAN)));
        assertThat(lost(PLAN)).isEmpty();
    }

    @Test
    void aRunnerThatReportedNeedsNoWordOfTheWorker() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);

        cluster().says(pod, status -> reported(PLAN));

        until("the Job to end", () -> Sight.finished(job(PLAN)));
        assertThat(lost(PLAN)).isEmpty();
        assertThat(asked.calls()).doesNotContain("patch jobs");
    }

    @Test
    void anApiServerThatIsAwayDelaysTheLaunchOnly() throws Exception {
        Executor worker = worker("worker-1");
        cluster().wire().away();
        Thread launch = Thread.ofVirtual().start(() -> worker.launch(spec(PLAN)));
        assertThat(launch.join(Duration.ofSeconds(2))).isFalse();

        cluster().wire().back();

        assertThat(launch.join(Duration.ofSeconds(60))).isTrue();
        cluster().says(podOf(PLAN), status -> ended("Failed", "OOMKilled", 137, ""));
        untilLost(PLAN);
        assertThat(events.of(PLAN, JobLaunched.class)).hasSize(1);
    }

    @Test
    void aWorkerBeginsWithoutAnApiServer() throws Exception {
        Executor first = worker("worker-1");
        Pod pod = launched(first, PLAN);
        first.close();
        cluster().wire().away();

        worker("worker-2");
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));
        cluster().wire().back();

        untilLost(PLAN);
    }

    @Test
    void aLostWatchIsBegunAnew() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);

        cluster().wire().cut();
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));

        untilLost(PLAN);
    }

    @Test
    void aWatchThatFellSilentIsNoticed() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);
        until(
                "the watch",
                () -> asked.calls().stream().filter("watch pods"::equals).count() == 1);

        cluster().wire().freeze();
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));

        Await.until(
                "a comparison to find it, when all silent connections have been given up",
                Duration.ofSeconds(60),
                () -> !lost(PLAN).isEmpty());
    }

    @Test
    void aWatchThatIsTooOldIsBegunAnew() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);
        cluster().answer("GET", "watch=true", 410, "too old resource version: 1 (2)", 2);

        cluster().wire().cut();
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));

        untilLost(PLAN);
    }

    @Test
    void aConflictIsSomebodyElsesWord() throws IOException {
        Pod pod = launched(worker("worker-1"), PLAN);
        cluster().answer("PATCH", "/jobs/", 409, "the object has been modified", 1);
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));
        worker("worker-2");

        untilLost(PLAN);
        until("it to be remembered", () -> told(PLAN));
        assertThat(lost(PLAN)).hasSize(1);
    }

    @Test
    void aBusyApiServerIsAskedAgain() throws IOException {
        Executor worker = worker("worker-1");
        cluster().answer("POST", "/jobs", 429, "too many requests", 1);
        cluster().answer("POST", "/secrets", 500, "etcdserver: leader changed", 1);

        assertThat(worker.launch(spec(PLAN))).isEqualTo(Executor.Launch.LAUNCHED);

        assertThat(cluster().jobs()).hasSize(1);
        assertThat(lost(PLAN)).isEmpty();
    }

    @Test
    void whatKubernetesDoesNotAcceptIsToldForGood() throws IOException {
        Executor worker = worker("worker-1");
        cluster().answer("POST", "/jobs", 422, "Job.batch \"x\" is invalid: spec.template.spec.nodeSelector", 1);

        worker.launch(spec(PLAN));

        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("refused");
            assertThat(lost.permanent()).isTrue();
            assertThat(lost.message()).contains("nodeSelector");
        });
    }

    @Test
    void aMissingPermissionIsTold() throws IOException {
        Executor worker = worker("worker-1");
        cluster().answer("POST", "/secrets", 403, "secrets is forbidden: User \"worker\" cannot create", 1);

        worker.launch(spec(PLAN));

        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.permanent()).isFalse();
            assertThat(lost.message()).contains("not allowed to create a Secret in namespace terrafleet-runs");
        });
    }

    @Test
    void aLossIsToldAgainUntilTheBrokerHasIt() throws IOException {
        Executor first = worker("worker-1");
        Pod pod = launched(first, PLAN);
        events.brokerAway(true);
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));
        untilLost(PLAN);
        assertThat(told(PLAN)).isFalse();
        first.close();
        events.brokerAway(false);

        worker("worker-1");

        until("it to be remembered", () -> told(PLAN));
        assertThat(lost(PLAN)).hasSize(2).allSatisfy(lost -> assertThat(lost.reason())
                .isEqualTo("out-of-memory"));
    }

    /** An agent may have said it of a job that was another's; once that is given to it, the platform listens. */
    @Test
    void aLossIsToldAgainWhenSomebodyStillAsksForTheJob() throws IOException {
        Executor worker = worker("worker-1");
        Pod pod = launched(worker, PLAN);
        cluster().says(pod, status -> ended("Failed", "OOMKilled", 137, ""));
        until("it to be remembered", () -> told(PLAN));

        until("it to be told again", () -> {
            assertThat(worker.launch(spec(PLAN))).isEqualTo(Executor.Launch.ALREADY_THERE);
            return lost(PLAN).size() > 1;
        });
        assertThat(lost(PLAN).getLast().reason()).isEqualTo("out-of-memory");
    }

    @Test
    void whatEndedWhileNoWorkerWasThereIsToldByTheNext() throws IOException {
        Executor first = worker("worker-1");
        Pod pod = launched(first, PLAN);
        first.close();
        cluster().says(pod, status -> ended("Failed", "Error", 1, ""));
        until("the Job to end", () -> Sight.finished(job(PLAN)));

        worker("worker-2");

        untilLost(PLAN);
        until("it to be remembered", () -> told(PLAN));
        assertThat(lost(PLAN).getFirst().worker()).isEqualTo("worker-2");
    }

    @Test
    void aJobThatSomebodyDeletedIsTold() throws IOException {
        launched(worker("worker-1"), PLAN);
        until("the worker to see it", () -> asked.calls().contains("watch pods"));

        var _ = cluster().direct().resource(job(PLAN)).delete();

        untilLost(PLAN);
        assertThat(lost(PLAN).getFirst().reason()).isEqualTo("job-deleted");
    }

    @Test
    void aKilledJobIsToldWhenItsPodIsGone() throws IOException {
        Executor worker = worker("worker-1");
        launched(worker, PLAN);

        worker.kill(PLAN, "it did not obey");

        untilLost(PLAN);
        assertThat(lost(PLAN)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("killed");
            assertThat(lost.message()).contains("it did not obey");
        });
        assertThat(asked.calls()).filteredOn("patch jobs"::equals).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void manyJobsAreAllToldOnce() throws IOException {
        Executor worker = worker("worker-1");
        worker("worker-2");
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            jobs.add(JobId.of("run-aaaaaaaaaaaaaa%02d-plan-1".formatted(i)));
        }
        jobs.forEach(job -> worker.launch(spec(job)));
        jobs.forEach(job -> cluster().says(podOf(job), status -> ended("Failed", "Error", 1, "")));

        until("all losses", () -> jobs.stream().allMatch(this::told));
        assertThat(jobs).allSatisfy(job -> assertThat(lost(job)).hasSize(1));
    }
}
