package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.Terraform;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.testkit.cluster.ProcessKubelet;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.ExecutorContract;
import io.terrafleet.worker.job.JobReporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods are real here: a kubelet of this test runs the containers' commands, with real terraform. */
class PodExecutorIT extends ExecutorContract {
    private static final Instant CONTRACT_BEGINS = Instant.parse("2026-01-01T00:00:10Z");

    @TempDir
    Path root = Path.of("");

    private final ProcessKubelet kubelet = new ProcessKubelet();
    private final List<Executor> others = new ArrayList<>();
    private final CountedClient asked = new CountedClient();
    private @Nullable FakeCluster made;

    private FakeCluster cluster() {
        return Objects.requireNonNull(made);
    }

    @Override
    protected Executor make() throws IOException {
        if (made == null) {
            made = new FakeCluster(Optional.of(kubelet));
        }
        return make("worker-1");
    }

    private Executor make(String worker) throws IOException {
        return make(worker, Map.of());
    }

    private Executor make(String worker, Map<String, String> more) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CONTRACT_BEGINS));
        Map<String, String> keys = new HashMap<>(more);
        keys.put(
                "terrafleet.worker.pod.terraform-path",
                Terraform.orSkip().toRealPath().toString());
        keys.put("terrafleet.worker.release.index", root.resolve("no-releases").toString());
        keys.put("terrafleet.worker.pod.compare-every", "PT1H");
        Settings settings = Settings.with(keys);
        return new PodExecutor(
                settings.pod(),
                asked.of(cluster()),
                settings.versions(root, clock),
                new JobReporter(events, clock, worker, Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                new PodPaths(root.resolve("pod").toString()),
                worker);
    }

    @AfterEach
    void takeDown() throws IOException {
        others.forEach(Executor::close);
        assertThat(ManifestsTest.ASKED).containsAll(asked.calls());
        cluster().close();
    }

    private Executor another(String worker) throws IOException {
        Executor other = make(worker);
        others.add(other);
        other.recover();
        return other;
    }

    @Test
    void aRunCostsThreeRequestsToTheApiServer() throws Exception {
        platform().offer(FakePlatform.claim(PLAN));

        executor().launch(spec(PLAN));

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        until("the Job to be complete", () -> Sight.finished(cluster().jobs().getFirst()));
        executor().launch(spec(PLAN));
        assertThat(asked.calls())
                .filteredOn(call -> !call.startsWith("watch") && !call.startsWith("list"))
                .containsExactly("create secrets", "create jobs", "patch secrets");
        assertThat(asked.calls()).filteredOn(call -> call.startsWith("list")).hasSize(2);
    }

    @Test
    void providersComeFromAVolumeWhereNoRegistryAnswers() throws Exception {
        PluginVolume volume = PluginVolume.withAws();
        kubelet.claims(Map.of(PluginVolume.CLAIM, volume.directory()));
        executor().close();
        replaceExecutor(make("worker-1", PluginVolume.SETTINGS));
        platform().configuration(volume.configuration()).offer(FakePlatform.claim(PLAN));

        executor().launch(spec(PLAN));

        assertThat(platform().result(PLAN)).as(platform().log(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(platform().log(PLAN)).contains(PluginVolume.PLANNED);
    }

    @Test
    void theSecretIsOwnedByTheJobAndImmutable() {
        executor().launch(spec(PLAN));

        Secret secret = cluster()
                .direct()
                .secrets()
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(PodNames.of(PLAN))
                .get();
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(cluster().jobs().getFirst().getMetadata().getUid()));
        assertThat(secret.getMetadata().getLabels()).containsEntry(Marks.OWNED, "yes");
    }

    @Test
    void twoWorkersStartOnePod() throws Exception {
        platform().offer(FakePlatform.claim(PLAN));
        Executor other = another("worker-2");

        executor().launch(spec(PLAN));
        Executor.Launch second = other.launch(spec(PLAN));

        assertThat(second).isEqualTo(Executor.Launch.ALREADY_THERE);
        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(cluster().jobs()).hasSize(1);
        assertThat(cluster().controller().podsMade(PodNames.of(PLAN))).isEqualTo(1);
        assertThat(events.of(PLAN, JobLaunched.class)).hasSize(1);
    }

    @Test
    void aRestartedWorkerFindsWhatIsThere() throws Exception {
        platform().holdConfiguration(true);
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        until("the claim", () -> platform().isClaimed(PLAN));
        executor().close();

        Executor next = make("worker-1");
        next.recover();
        replaceExecutor(next);
        platform().holdConfiguration(false);

        assertThat(next.launch(spec(PLAN))).isEqualTo(Executor.Launch.ALREADY_THERE);
        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(cluster().controller().podsMade(PodNames.of(PLAN))).isEqualTo(1);
        assertThat(events.of(PLAN, JobLost.class)).isEmpty();
    }

    /** As {@code kubectl delete pod} and a drained node do. */
    @Test
    void aPodThatIsDeletedReportsByItself() throws Exception {
        platform().holdConfiguration(true);
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        until("the claim", () -> platform().isClaimed(PLAN));

        var _ = cluster().direct().resource(cluster().pods().getFirst()).delete();
        platform().holdConfiguration(false);

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Interrupted.class);
        until("the pod to go", () -> cluster().pods().isEmpty());
        until("the Job to end", () -> Sight.finished(cluster().jobs().getFirst()));
        assertThat(cluster().controller().podsMade(PodNames.of(PLAN))).isEqualTo(1);
        assertThat(events.of(PLAN, JobLost.class)).isEmpty();
    }

    @Test
    void aPodThatDiesWithoutAWordIsLost() throws Exception {
        platform().holdConfiguration(true);
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        until("the claim", () -> platform().isClaimed(PLAN));

        kubelet.crash(cluster().pods().getFirst().getMetadata().getName());

        until("the loss to be told", () -> !events.of(PLAN, JobLost.class).isEmpty());
        assertThat(events.of(PLAN, JobLost.class)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("runner-lost");
            assertThat(lost.message()).contains("exit code 137");
            assertThat(lost.permanent()).isFalse();
        });
        until("the Job to remember it", () -> !Sight.annotation(cluster().jobs().getFirst(), Marks.TOLD)
                .isEmpty());
    }

    @Test
    void anImageWithoutTheBinaryIsToldAndEnds() throws Exception {
        Settings settings = Settings.with(Map.of("terrafleet.worker.pod.terraform-path", "/bin/no-such-terraform"));
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CONTRACT_BEGINS));
        Executor other = new PodExecutor(
                settings.pod(),
                asked.of(cluster()),
                settings.versions(root, clock),
                new JobReporter(events, clock, "worker-2", Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                new PodPaths(root.resolve("pod").toString()),
                "worker-2");
        others.add(other);
        platform().offer(FakePlatform.claim(PLAN));

        other.recover();
        other.launch(spec(PLAN));

        until("the pod to run", () -> !cluster().pods().isEmpty());
        until("the Job to end", () -> Sight.finished(cluster().jobs().getFirst()));
        until("the loss to be told", () -> !events.of(PLAN, JobLost.class).isEmpty());
        assertThat(platform().isClaimed(PLAN)).isFalse();
    }

    @Test
    void jobsOfTwoRunsHaveTheirOwnNames() {
        JobId one = JobId.of("run-AAAAAAAAAAAAAAAA-plan-1");
        JobId other = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");

        assertThat(PodNames.of(one)).isNotEqualTo(PodNames.of(other)).matches("[a-z0-9-]{1,63}");
    }
}
