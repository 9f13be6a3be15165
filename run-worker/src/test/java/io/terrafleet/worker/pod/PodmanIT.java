package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.ExecutorContract;
import io.terrafleet.worker.job.JobReporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pods that the executor makes, as real containers: podman plays their own manifests. Skipped where podman cannot start containers. */
class PodmanIT extends ExecutorContract {
    private static final Instant CONTRACT_BEGINS = Instant.parse("2026-01-01T00:00:10Z");

    @TempDir
    static Path shared = Path.of("");

    private static @Nullable Podman podman;
    private static @Nullable PodmanImages images;

    @TempDir
    Path root = Path.of("");

    private @Nullable PodmanKubelet kubelet;
    private final CountedClient asked = new CountedClient();
    private @Nullable FakeCluster made;

    @BeforeAll
    static void makeImages() throws IOException {
        Podman.Said version = new Podman(Optional.empty()).say("version");
        Assumptions.assumeTrue(version.well(), () -> "skipped: podman absent: " + version.text());
        try {
            images = PodmanImages.made(shared);
        } catch (IOException e) {
            Assumptions.abort("skipped: the images of this test cannot be made here: " + e.getMessage());
        }
        Podman.Found found = Podman.find(shared, Objects.requireNonNull(images).terraform());
        Assumptions.assumeTrue(found.podman() != null, () -> "skipped: " + found.why());
        podman = found.podman();
    }

    private FakeCluster cluster() {
        return Objects.requireNonNull(made);
    }

    private PodmanKubelet kubelet() {
        return Objects.requireNonNull(kubelet);
    }

    @Override
    protected Executor make() throws IOException {
        kubelet = new PodmanKubelet(
                Objects.requireNonNull(podman),
                root,
                ProcessHandle.current().pid() + "-" + Integer.toHexString(System.identityHashCode(this)));
        made = new FakeCluster(Optional.of(kubelet));
        return make(Map.of());
    }

    private Executor make(Map<String, String> more) throws IOException {
        PodmanImages its = Objects.requireNonNull(images);
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CONTRACT_BEGINS));
        Map<String, String> keys = new HashMap<>(more);
        keys.put("terrafleet.worker.pod.runner-image", its.runner());
        keys.put("terrafleet.worker.pod.terraform-image", its.terraform());
        keys.put("terrafleet.worker.pod.terraform-path", PodmanImages.BINARY);
        keys.put("terrafleet.worker.pod.pull-policy", "Never");
        keys.put("terrafleet.worker.release.index", root.resolve("no-releases").toString());
        Settings settings = Settings.with(keys);
        return new PodExecutor(
                settings.pod(),
                asked.of(cluster()),
                settings.versions(root, clock),
                new JobReporter(events, clock, "worker-1", Duration.ZERO),
                spec -> new InternalKey(FakePlatform.INTERNAL_KEY).claimToken(spec.job()),
                clock,
                PodPaths.IN_POD,
                "worker-1");
    }

    @AfterEach
    void takeDown() throws IOException {
        List<Throwable> failures = kubelet().failures();
        cluster().close();
        assertThat(failures).isEmpty();
    }

    private String claimedPod() {
        platform().holdConfiguration(true);
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        until("the claim", () -> platform().isClaimed(PLAN));
        return cluster().pods().getFirst().getMetadata().getName();
    }

    /** What the manifest asks for holds inside; a SIGTERM to the runner, which is the first process, ends the phase in order. */
    @Test
    void aPodIsRestrictedAndReportsWhenItIsDeleted() throws Exception {
        String pod = claimedPod();

        Podman.Said inside = kubelet()
                .within(
                        pod,
                        PodManifest.RUNNER,
                        """
                        id -u; id -g
                        grep -E '^(CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status
                        for place in /here /runner/here /terrafleet/bin/here /terrafleet/secret/here; do
                          touch $place 2>/dev/null && echo "wrote $place"
                        done
                        for place in /tmp/here /terrafleet/work/here; do touch $place || echo "cannot write $place"; done
                        cat /proc/1/cmdline | grep -c io.terrafleet.runner.Main
                        test -e /var/run/secrets/kubernetes.io && echo "a token"
                        exit 0
                        """);
        assertThat(inside.well()).as(inside.text()).isTrue();
        assertThat(inside.text().lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "65532",
                        "65532",
                        "CapPrm: 0000000000000000",
                        "CapEff: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2",
                        "1");

        var _ = cluster().direct().resource(cluster().pods().getFirst()).delete();
        platform().holdConfiguration(false);

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Interrupted.class);
        until("the Job to end", () -> Sight.finished(cluster().jobs().getFirst()));
        assertThat(events.of(PLAN, JobLost.class)).isEmpty();
    }

    /** terraform links what is there, with no need to write, and gets as far as starting it. */
    @Test
    void providersComeFromAVolumeThatNobodyInThePodCanWriteTo() throws Exception {
        PluginVolume volume = PluginVolume.small(root.resolve("volume"));
        kubelet().claims(Map.of(PluginVolume.CLAIM, volume.directory()));
        executor().close();
        replaceExecutor(make(PluginVolume.SETTINGS));
        platform().configuration(volume.configuration());
        String pod = claimedPod();

        Podman.Said written =
                kubelet().within(pod, PodManifest.RUNNER, "ls /terrafleet/plugins; touch /terrafleet/plugins/here");
        platform().holdConfiguration(false);

        assertThat(written.text()).contains("registry.invalid", "Read-only file system");
        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Failed.class);
        assertThat(platform().log(PLAN)).contains("fork/exec", PluginVolume.SMALL_BINARY);
    }

    @Test
    void aContainerThatIsKilledIsLost() {
        String pod = claimedPod();

        kubelet().crash(pod);

        until("the loss to be told", () -> !events.of(PLAN, JobLost.class).isEmpty());
        assertThat(events.of(PLAN, JobLost.class)).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo("runner-lost");
            assertThat(lost.message()).contains("exit code 137");
        });
        platform().holdConfiguration(false);
    }
}
