package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.RunRequest.PhaseRequested;
import io.terrafleet.contracts.event.RunSize;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.Version;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a workspace or an agent pool says of its pods' size reaches the pod. */
class PodSizeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    private static RunSize said(
            @Nullable Long cpuRequest,
            @Nullable Long cpuLimit,
            @Nullable Long memoryRequest,
            @Nullable Long memoryLimit,
            @Nullable Long disk) {
        return new RunSize(
                Optional.ofNullable(cpuRequest),
                Optional.ofNullable(cpuLimit),
                mib(memoryRequest),
                mib(memoryLimit),
                mib(disk));
    }

    private static Optional<Long> mib(@Nullable Long number) {
        return Optional.ofNullable(number).map(count -> count << 20);
    }

    private static PodManifest manifest(RunSize size, Optional<Long> peak, Map<String, String> keys)
            throws Refused, IOException {
        JobSpec spec = JobSpec.of(new PhaseRequested(
                JobId.of("run-CZcmD7eagjhyX0vN-plan-1"),
                new WorkspaceId("ws-6jrRyVDv1J8zQMB5"),
                "acme",
                "shop",
                "terraform",
                "1.9.8",
                URI.create("https://api.test"),
                false,
                NOW,
                NOW.plusSeconds(60),
                Optional.empty(),
                peak,
                Optional.of(size)));
        return new PodManifest(
                spec,
                Version.parse("1.9.8").orElseThrow(),
                new Pools(Settings.with(keys).pod()).of(spec),
                PodPaths.IN_POD);
    }

    private static ResourceRequirements resources(RunSize size, Optional<Long> peak, Map<String, String> keys)
            throws Refused, IOException {
        return manifest(size, peak, keys)
                .job()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getLast()
                .getResources();
    }

    @ParameterizedTest
    @CsvSource({
        // said: cpu request, cpu limit, memory request, memory limit; the pod's: the same
        "     ,     ,     ,     ,  250m,      ,  512Mi, 2Gi",
        " 1500,     ,     ,     , 1500m,      ,  512Mi, 2Gi",
        "  500, 2000, 1024, 4096,  500m, 2000m, 1024Mi, 4096Mi",
        "     ,  100,     ,     ,  100m,  100m,  512Mi, 2Gi",
        "     ,     , 6144,     ,  250m,      , 6144Mi, 6144Mi",
        "     ,     ,     ,  256,  250m,      ,  256Mi, 256Mi",
    })
    void whatIsSaidReachesThePod(
            @Nullable Long cpuRequest,
            @Nullable Long cpuLimit,
            @Nullable Long memoryRequest,
            @Nullable Long memoryLimit,
            String cpu,
            @Nullable String mostCpu,
            String memory,
            String mostMemory)
            throws Exception {
        ResourceRequirements its =
                resources(said(cpuRequest, cpuLimit, memoryRequest, memoryLimit, null), Optional.empty(), Map.of());

        assertThat(its.getRequests())
                .containsEntry("cpu", new Quantity(cpu))
                .containsEntry("memory", new Quantity(memory));
        assertThat(its.getLimits()).containsEntry("memory", new Quantity(mostMemory));
        assertThat(Optional.ofNullable(its.getLimits().get("cpu")))
                .isEqualTo(Optional.ofNullable(mostCpu).map(Quantity::new));
    }

    @Test
    void diskIsALimitOfThePodAndItsVolumes() throws Exception {
        PodManifest manifest = manifest(said(null, null, null, null, 20_480L), Optional.empty(), Map.of());

        assertThat(manifest.job().getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("work"))
                .singleElement()
                .satisfies(volume ->
                        assertThat(volume.getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("20480Mi")));
    }

    @Test
    void memoryThatIsSetIsNotLearned() throws Exception {
        long mib = 1L << 20;

        assertThat(resources(said(null, null, 600L, null, null), Optional.of(1_000 * mib), Map.of())
                        .getRequests())
                .containsEntry("memory", new Quantity("600Mi"));
        assertThat(resources(said(null, null, null, 4_096L, null), Optional.of(2_400 * mib), Map.of())
                        .getRequests())
                .as("learned within a limit that is set")
                .containsEntry("memory", new Quantity("3008Mi"));
    }

    @Test
    void aPoolsLimitOfProcessorsIsRaisedByARequest() throws Exception {
        assertThat(resources(
                                said(3_000L, null, null, null, null),
                                Optional.empty(),
                                Map.of("terrafleet.worker.pod.cpu-limit", "1"))
                        .getLimits())
                .containsEntry("cpu", new Quantity("3000m"));
    }

    /** A platform of another kind, or a later one, may say what this worker cannot make. */
    @ParameterizedTest
    @CsvSource({
        "0,,,, cpu-request",
        "-5,,,, cpu-request",
        ",,1,, memory-request",
        ",,9000000000,, memory-limit",
        ",,,1, memory-limit",
        "4000,1000,,, cpu-limit",
        ",,4096,1024, memory-limit"
    })
    void whatNoPodCanHaveIsTold(
            @Nullable Long cpuRequest,
            @Nullable Long cpuLimit,
            @Nullable Long memoryRequest,
            @Nullable Long memoryLimit,
            String key) {
        assertThatThrownBy(() -> manifest(
                        said(cpuRequest, cpuLimit, memoryRequest, memoryLimit, null), Optional.empty(), Map.of()))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.permanent())
                        .isTrue())
                .hasMessageContaining(key);
    }
}
