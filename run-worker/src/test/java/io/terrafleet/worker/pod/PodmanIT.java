package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pod that the executor makes as real containers, from its own manifest by podman's {@code kube play}. Runs where the system properties
 * {@code terrafleet.podman.runner-image} and {@code terrafleet.podman.terraform-image} name images that podman has; the second one with a tag
 * {@code {version}} of terraform 1.11.4. Changed for podman are only the network (the platform listens on this machine's loopback) and the mode
 * of the Secret's files (podman knows no fsGroup).
 */
class PodmanIT {
    private static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");
    private static final int READ_BY_ALL = 0444;

    @TempDir
    Path root = Path.of("");

    private record Ran(int exitCode, String output) {}

    private static Ran podman(String... arguments) throws IOException, InterruptedException {
        List<String> line = new java.util.ArrayList<>(List.of("podman"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private static String image(String name) {
        String image = System.getProperty("terrafleet.podman." + name, "");
        Assumptions.assumeFalse(image.isEmpty(), "skipped: -Dterrafleet.podman." + name + " names no image");
        return image;
    }

    private Path manifest(FakePlatform platform) throws IOException {
        Instant now = Instant.now();
        JobSpec spec = new JobSpec(
                PLAN, "acme", "shop", "terraform", "1.11.4", platform.uri(), false, now, now.plusSeconds(600));
        PodSettings settings = new Pools(Settings.with(Map.of(
                                "terrafleet.worker.pod.runner-image", image("runner-image"),
                                "terrafleet.worker.pod.terraform-image", image("terraform-image"),
                                "terrafleet.worker.pod.memory-limit", "1Gi",
                                "terrafleet.worker.pod.pull-policy", "Never"))
                        .pod())
                .of(spec);
        PodManifest manifest =
                new PodManifest(spec, Version.parse("1.11.4").orElseThrow(), settings, PodPaths.IN_POD);
        Path file = root.resolve("pod.yaml");
        Files.writeString(
                file,
                Serialization.asYaml(manifest.secret(FakePlatform.claimToken(PLAN), now))
                        + Serialization.asYaml(pod(manifest.job())));
        return file;
    }

    private static Pod pod(Job job) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName())
                .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                .endMetadata()
                .withSpec(job.getSpec().getTemplate().getSpec())
                .build();
        pod.getSpec().setHostNetwork(true);
        pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .forEach(volume -> volume.getSecret().setDefaultMode(READ_BY_ALL));
        return pod;
    }

    @Test
    void thePodPlansAsRealContainers() throws Exception {
        try (FakePlatform platform = new FakePlatform()) {
            platform.configuration(TarGz.of(Map.of("main.tf", "resource \"terraform_data\" \"a\" { input = 1 }\n")))
                    .offer(FakePlatform.claim(PLAN));
            Path manifest = manifest(platform);
            String runner = PodNames.of(PLAN) + "-" + PodManifest.RUNNER;
            try {
                Ran played = podman("kube", "play", manifest.toString());
                assertThat(played.exitCode()).as(played.output()).isZero();

                assertThat(platform.result(PLAN))
                        .as(podman("logs", runner).output())
                        .isInstanceOf(PhaseResult.Planned.class);

                assertThat(podman("inspect", "--format", "{{.HostConfig.ReadonlyRootfs}} {{.Config.User}}", runner)
                                .output())
                        .contains("true 65532");
                assertThat(podman("wait", runner).output()).contains("0");
            } finally {
                podman("kube", "down", manifest.toString());
                podman("volume", "prune", "--force");
            }
        }
    }
}
