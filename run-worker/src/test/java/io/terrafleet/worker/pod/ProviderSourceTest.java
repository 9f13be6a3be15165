package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.terrafleet.contracts.JobId;
import io.terrafleet.runner.Assignment;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers from a volume, a mirror, or both. */
class ProviderSourceTest {
    private static final String VOLUME = "terrafleet.worker.pod.plugin-volume";

    private static PodSpec pod(Map<String, String> keys) throws IOException, Refused {
        Instant now = Instant.parse("2026-03-01T10:20:30Z");
        JobSpec spec = new JobSpec(
                JobId.of("run-CZcmD7eagjhyX0vN-plan-1"),
                "acme",
                "shop",
                "terraform",
                "1.9.8",
                URI.create("https://api.test"),
                false,
                now,
                now.plusSeconds(60));
        PodSettings settings = new Pools(Settings.with(keys).pod()).of(spec);
        return new PodManifest(spec, Version.parse("1.9.8").orElseThrow(), settings, PodPaths.IN_POD)
                .job()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static ProviderSource source(Map<String, String> keys) throws IOException {
        return ProviderSource.of(Settings.with(keys).pod());
    }

    @Test
    void aVolumeIsMountedReadOnlyIntoTheRunnerAlone() throws Exception {
        PodSpec pod = pod(Map.of(VOLUME, "providers"));

        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getPersistentVolumeClaim()).isNotNull();
            assertThat(volume.getPersistentVolumeClaim().getClaimName()).isEqualTo("providers");
            assertThat(volume.getPersistentVolumeClaim().getReadOnly()).isTrue();
        });
        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .noneMatch(mount -> mount.getMountPath().equals("/terrafleet/plugins"));
        assertThat(pod.getContainers().getLast().getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getMountPath()).isEqualTo("/terrafleet/plugins");
            assertThat(mount.getReadOnly()).isTrue();
        });
    }

    @Test
    void aPoolHasItsOwn() throws Exception {
        PodSpec pod = pod(Map.of(
                VOLUME,
                "providers",
                "terrafleet.worker.pod.pools.acme.organizations",
                "acme",
                "terrafleet.worker.pod.pools.acme.plugin-volume",
                "providers-of-acme"));

        assertThat(pod.getVolumes().stream()
                        .flatMap(volume -> Optional.ofNullable(volume.getPersistentVolumeClaim()).stream()))
                .singleElement()
                .satisfies(claim -> assertThat(claim.getClaimName()).isEqualTo("providers-of-acme"));
    }

    /** Only the runner sees what is on the volume: {@link PluginVolume} has what comes of it. */
    @Test
    void theRunnerIsToldOfTheVolumeAndOfTheMirror() throws IOException {
        Map<String, String> mirror = Map.of("terrafleet.worker.pod.network-mirror", "https://mirror.test/p");
        Map<String, String> both = new HashMap<>(mirror);
        both.put(VOLUME, "providers");

        assertThat(source(Map.of(VOLUME, "providers")).plugins(PodPaths.IN_POD))
                .contains(new Assignment.Plugins("/terrafleet/plugins", Optional.empty()));
        assertThat(source(both).plugins(PodPaths.IN_POD))
                .contains(new Assignment.Plugins("/terrafleet/plugins", Optional.of("https://mirror.test/p/")));
        assertThat(source(both).cliConfiguration()).isEmpty();
        assertThat(source(mirror).plugins(PodPaths.IN_POD)).isEmpty();
        assertThat(source(mirror).cliConfiguration().orElseThrow())
                .isEqualTo(
                        """
                        provider_installation {
                          network_mirror {
                            url = "https://mirror.test/p/"
                          }
                        }
                        """);
        assertThat(source(Map.of()).cliConfiguration()).isEmpty();
        assertThat(source(Map.of()).plugins(PodPaths.IN_POD)).isEmpty();
    }

    @Test
    void aConfigurationOfTheOperatorsOwnSaysAllOfIt(@TempDir Path directory) throws IOException {
        Path own = Files.writeString(directory.resolve("own.rc"), "disable_checkpoint = true\n");
        ProviderSource source = source(Map.of(VOLUME, "providers", "terrafleet.worker.pod.cli-config", own.toString()));

        assertThat(source.cliConfiguration()).contains("disable_checkpoint = true\n");
        assertThat(source.plugins(PodPaths.IN_POD)).isEmpty();
    }

    @Test
    void whatIsNoClaimIsRefusedWhenTheWorkerStarts() {
        assertThatThrownBy(() -> pod(Map.of(VOLUME, "../etc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugin-volume");
    }
}
