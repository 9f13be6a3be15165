package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.runner.Assignment;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.Version;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects of a job: restricted, and whatever people wrote is data in them. */
class PodManifestTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final Version VERSION = Version.parse("1.9.8").orElseThrow();

    private static JobSpec spec(String organization, String workspace, boolean speculative) {
        return new JobSpec(
                JobId.of("run-CZcmD7eagjhyX0vN-plan-1"),
                organization,
                workspace,
                "terraform",
                "1.9.8",
                URI.create("https://api.test"),
                speculative,
                NOW,
                NOW.plusSeconds(60));
    }

    private static PodManifest manifest(JobSpec spec, Map<String, String> keys) {
        try {
            PodSettings settings = new Pools(Settings.with(keys).pod()).of(spec);
            return new PodManifest(spec, VERSION, settings, PodPaths.IN_POD);
        } catch (IOException | Refused e) {
            throw new AssertionError(e);
        }
    }

    private static Job job(JobSpec spec, Map<String, String> keys) {
        return manifest(spec, keys).job();
    }

    private static PodSpec pod(Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    @Test
    void thePodPassesTheRestrictedStandard() {
        PodSpec pod = pod(job(spec("acme", "shop", false), Map.of()));

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        assertThat(pod.getContainers()).hasSize(2).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(container.getResources().getLimits()).containsKeys("memory", "ephemeral-storage");
        });
    }

    @Test
    void aPodIsStartedOnceAndEndsInOrder() {
        Job job = job(spec("acme", "shop", false), Map.of("terrafleet.worker.pod.grace", "PT2M"));

        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
        assertThat(pod(job).getTerminationGracePeriodSeconds()).isEqualTo(120);
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(25 * 3600);
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
    }

    @Test
    void theClaimTokenIsInTheSecretAndNowhereElse() throws IOException {
        PodManifest manifest = manifest(spec("acme", "shop", false), Map.of());
        Secret secret = manifest.secret("the-claim-token", NOW);

        byte[] file = Base64.getDecoder().decode(secret.getData().get(PodManifest.ASSIGNMENT));
        assertThat(Json.mapper().readValue(file, Assignment.class).claimToken()).isEqualTo("the-claim-token");
        assertThat(Serialization.asJson(manifest.job())).doesNotContain("the-claim-token");
        assertThat(secret.getMetadata().getLabels()).containsEntry(Marks.HOUR, "20260301T10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\", \"serviceAccountName\": \"admin",
                "$(HOSTNAME)",
                "`reboot`; $(reboot) && reboot #",
                "a\nspec:\n  hostNetwork: true",
                "../../../etc/passwd",
                "--privileged",
                "{{ .Values.x }} ${x} %{x}",
                "日本語のワークスペース",
                "-----",
                " ",
                "\u0000\u0007\u202e"
            })
    void hostileNamesAreData(String name) throws IOException {
        JobSpec spec = spec(name, name, false);
        PodManifest manifest = manifest(spec, Map.of());
        Job job = Serialization.unmarshal(Serialization.asYaml(manifest.job()), Job.class);

        assertThat(pod(job)).isEqualTo(pod(job(spec("acme", "shop", false), Map.of())));
        assertThat(job.getMetadata().getLabels().values())
                .allSatisfy(value -> assertThat(value).matches("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?"));
        assertThat(Json.mapper().readValue(Sight.annotation(job, Marks.SPEC), JobSpec.class))
                .isEqualTo(spec);
    }

    @Test
    void aLongNameIsCutToALabel() {
        Job job = job(spec("o".repeat(300), "w".repeat(300), false), Map.of());

        assertThat(job.getMetadata().getLabels().get("terrafleet.io/workspace")).isEqualTo("w".repeat(63));
    }

    @Test
    void theVersionIsPinned() {
        Container binary =
                pod(job(spec("acme", "shop", false), Map.of())).getContainers().getFirst();

        assertThat(binary.getImage()).isEqualTo("hashicorp/terraform:1.9.8");
        assertThat(binary.getArgs()).containsExactly("/bin/terraform", "/terrafleet/bin/terraform");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runner-image | evil image --privileged | is not the name of an image",
                "terraform-image | registry.test/a b:{version} | is not the name of an image",
                "terraform-image | https://registry.test/terraform:{version} | is not the name of an image",
                "terraform-path | bin/terraform | is not an absolute path",
                "terraform-path | /bin/$(reboot) | is not an absolute path",
                "pull-policy | Sometimes | is no pull policy",
                "memory-limit | 1Ki | must be between 128Mi and 4Ti",
                "memory-limit | 100Pi | must be between 128Mi and 4Ti",
                "memory-limit | 256Mi | is less than the 512Mi that is asked for",
                "memory-limit | lots | is not a Kubernetes quantity",
                "cpu-request | -1 | must be between",
                "cpu-limit | 100m | is less than the 250m",
                "disk | 1 | must be between 256Mi",
                "run-as-user | 0 | do not run as root",
                "namespace | Kube System | is not a Kubernetes name",
                "node-selector | a=b c | is not a label",
                "tolerations | x=y:Whatever | is not a taint",
                "service-account | ../admin | is not a Kubernetes name",
                "grace | PT0S | must be between",
                "environment | no-equals-sign | that is not NAME=value",
                "network-mirror | http://plain.test/ | must be an https URL"
            })
    void absurdSettingsAreRefusedWhenTheWorkerStarts(String key, String value, String message) {
        assertThatThrownBy(() -> manifest(spec("acme", "shop", false), Map.of("terrafleet.worker.pod." + key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("terrafleet.worker.pod");
    }

    @Test
    void aPoolSaysWhatIsDifferent() {
        Map<String, String> keys = Map.of(
                "terrafleet.worker.pod.pools.a-untrusted.speculative", "true",
                "terrafleet.worker.pod.pools.a-untrusted.namespace", "untrusted",
                "terrafleet.worker.pod.pools.b-acme.organizations", "acme,other",
                "terrafleet.worker.pod.pools.b-acme.memory-limit", "6Gi",
                "terrafleet.worker.pod.pools.b-acme.node-selector", "team=acme",
                "terrafleet.worker.pod.pools.b-acme.tolerations", "dedicated=acme:NoSchedule,spot",
                "terrafleet.worker.pod.pools.b-acme.terraform-image",
                        "registry.acme.test/tools/terraform:{version}-acme");

        Job untrusted = job(spec("acme", "shop", true), keys);
        assertThat(untrusted.getMetadata().getNamespace()).isEqualTo("untrusted");
        assertThat(untrusted.getMetadata().getLabels()).containsEntry("terrafleet.io/pool", "a-untrusted");

        Job acme = job(spec("acme", "shop", false), keys);
        assertThat(acme.getMetadata().getNamespace()).isEqualTo("terrafleet-runs");
        assertThat(pod(acme).getNodeSelector()).containsEntry("team", "acme");
        assertThat(pod(acme).getContainers().getFirst().getImage())
                .isEqualTo("registry.acme.test/tools/terraform:1.9.8-acme");
        assertThat(pod(acme)
                        .getContainers()
                        .getLast()
                        .getResources()
                        .getLimits()
                        .get("memory"))
                .hasToString("6Gi");
        assertThat(pod(acme).getTolerations()).anySatisfy(toleration -> {
            assertThat(toleration.getKey()).isEqualTo("dedicated");
            assertThat(toleration.getValue()).isEqualTo("acme");
        });

        assertThat(pod(job(spec("elsewhere", "shop", false), keys)).getNodeSelector())
                .isNullOrEmpty();
    }

    @Test
    void aPoolCanBeSetByTheEnvironment() throws IOException {
        PodConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(PodConfig.class)
                .withSources(new EnvConfigSource(
                        Map.of(
                                "TERRAFLEET_WORKER_POD_POOLS_UNTRUSTED_SPECULATIVE", "true",
                                "TERRAFLEET_WORKER_POD_POOLS_UNTRUSTED_NAMESPACE", "elsewhere"),
                        300))
                .build()
                .getConfigMapping(PodConfig.class);

        assertThat(new Pools(config).of(spec("acme", "shop", true)).namespace()).isEqualTo("elsewhere");
        assertThat(new Pools(config).namespaces()).containsExactly("elsewhere", "terrafleet-runs");
    }

    @Test
    void aMirrorForProvidersComesWithTheSecret() {
        PodManifest manifest = manifest(
                spec("acme", "shop", false),
                Map.of("terrafleet.worker.pod.network-mirror", "https://mirror.test/providers"));

        String file = new String(
                Base64.getDecoder().decode(manifest.secret("t", NOW).getData().get(PodManifest.CLI_CONFIGURATION)),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(file).contains("url = \"https://mirror.test/providers/\"");
    }

    @Test
    void kubernetesReplacesNothingInTheEnvironment() {
        Job job = job(
                spec("acme", "shop", false),
                Map.of("terrafleet.worker.pod.environment", "HTTPS_PROXY=http://$(HOSTNAME):3128"));

        assertThat(pod(job).getContainers().getLast().getEnv())
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .containsAll(List.of("HTTPS_PROXY=http://$$(HOSTNAME):3128", "HOME=/terrafleet/work", "TMPDIR=/tmp"));
    }

    private static JobSpec remembering(long peak) {
        JobSpec spec = spec("acme", "shop", false);
        return new JobSpec(
                spec.job(),
                spec.organization(),
                spec.workspaceName(),
                spec.engine(),
                spec.version(),
                spec.api(),
                spec.speculative(),
                spec.requestedAt(),
                spec.claimBefore(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(peak),
                Optional.empty());
    }

    private static Quantity memoryRequest(long peak, Map<String, String> keys) {
        return Objects.requireNonNull(pod(job(remembering(peak), keys))
                .getContainers()
                .get(1)
                .getResources()
                .getRequests()
                .get("memory"));
    }

    @Test
    void aPodAsksForWhatTheLastRunsNeededAndALittleMore() {
        long mib = 1L << 20;

        assertThat(memoryRequest(800 * mib, Map.of())).isEqualTo(new Quantity("1008Mi"));
        assertThat(memoryRequest(100 * mib, Map.of())).as("not less than usual").isEqualTo(new Quantity("512Mi"));
        assertThat(memoryRequest(Long.MAX_VALUE, Map.of()))
                .as("not more than it may use")
                .isEqualTo(new Quantity("2Gi"));
        assertThat(memoryRequest(800 * mib, Map.of("terrafleet.worker.pod.learn-memory", "false")))
                .isEqualTo(new Quantity("512Mi"));
        assertThat(manifest(remembering(800 * mib), Map.of()).place())
                .endsWith(", which asks for 1008Mi of memory after what the last runs needed");
        assertThat(manifest(spec("acme", "shop", false), Map.of()).place()).doesNotContain("memory");
    }

    @ParameterizedTest
    @CsvSource({
        "acme/shop,     big",
        "acme/shop-eu,  big",
        "acme/market,   ''",
        "other/shop,    ''",
        "acme/legacy.a, big",
        "acme/legacyxa, ''"
    })
    void workspacesBelongToPoolsByName(String workspace, String pool) {
        String[] names = workspace.split("/");
        Job job = job(
                spec(names[0], names[1], false),
                Map.of(
                        "terrafleet.worker.pod.pools.big.workspaces", "acme/shop*,acme/legacy.a",
                        "terrafleet.worker.pod.pools.big.memory-limit", "8Gi"));

        assertThat(job.getMetadata().getLabels()).containsEntry("terrafleet.io/pool", pool);
    }

    @Test
    void theAuthoritiesOfAPoolAreMountedAndTrusted() {
        PodSpec pod = pod(job(spec("acme", "shop", false), Map.of("terrafleet.worker.pod.ca-bundle", "company-ca")));

        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getConfigMap()).isNotNull();
            assertThat(volume.getConfigMap().getName()).isEqualTo("company-ca");
        });
        assertThat(pod.getContainers().get(1).getEnv())
                .contains(
                        new EnvVar("SSL_CERT_FILE", "/terrafleet/ca/ca.crt", null),
                        new EnvVar("GIT_SSL_CAINFO", "/terrafleet/ca/ca.crt", null));
    }

    /** The workers of an agent pool get it with each job. */
    @Test
    void aClaimTokenIsInTheSecretOnly() {
        JobSpec spec = spec("acme", "shop", false);
        JobSpec given = new JobSpec(
                spec.job(),
                spec.organization(),
                spec.workspaceName(),
                spec.engine(),
                spec.version(),
                spec.api(),
                spec.speculative(),
                spec.requestedAt(),
                spec.claimBefore(),
                Optional.empty(),
                Optional.of("a-claim-token"),
                Optional.empty(),
                Optional.empty());
        PodManifest manifest = manifest(given, Map.of());

        assertThat(manifest.job().toString()).doesNotContain("a-claim-token");
        assertThat(manifest.secret("a-claim-token", NOW).getData().values()).anySatisfy(value -> assertThat(
                        new String(Base64.getDecoder().decode(value), java.nio.charset.StandardCharsets.UTF_8))
                .contains("a-claim-token"));
    }

    @Test
    void whereTheClusterCanTheImageIsAVolume() throws Exception {
        Map<String, String> keys = Map.of(
                "terrafleet.worker.pod.binary", "mount",
                "terrafleet.worker.pod.pull-policy", "Never",
                "terrafleet.worker.pod.terraform-image", "registry.test/terraform:{version}");
        JobSpec spec = spec("acme", "network", false);
        PodSpec pod = job(spec, keys).getSpec().getTemplate().getSpec();

        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals("bin"))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getEmptyDir()).isNull();
                    assertThat(volume.getImage().getReference()).isEqualTo("registry.test/terraform:1.9.8");
                    assertThat(volume.getImage().getPullPolicy()).isEqualTo("Never");
                });
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("runner");
        assertThat(pod.getContainers().getFirst().getArgs()).endsWith("mounted");
        byte[] file = Base64.getDecoder()
                .decode(manifest(spec, keys).secret("token", NOW).getData().get(PodManifest.ASSIGNMENT));
        assertThat(Json.mapper().readValue(file, Assignment.class).terraform())
                .isEqualTo("/terrafleet/bin/bin/terraform");
    }

    @Test
    void anotherWayForTheBinaryIsRefused() {
        assertThatThrownBy(() -> job(spec("acme", "network", false), Map.of("terrafleet.worker.pod.binary", "magic")))
                .hasMessageContaining(
                        "terrafleet.worker.pod: \"magic\" is no way for the binary to get into a pod: copy and mount are");
    }
}
