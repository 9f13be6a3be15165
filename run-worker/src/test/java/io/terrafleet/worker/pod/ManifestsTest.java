package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.terrafleet.contracts.event.Topic;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory {@code k8s} as {@code kubectl apply -k} would send it. */
class ManifestsTest {
    private static final Path K8S = Path.of(System.getProperty("terrafleet.root", ".."), "k8s");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** What a worker asks of a cluster; {@link ReconcilerIT} and {@link PodExecutorIT} hold it to this. */
    static final Set<String> ASKED = Set.of(
            "create jobs",
            "list jobs",
            "watch jobs",
            "patch jobs",
            "list pods",
            "watch pods",
            "create secrets",
            "patch secrets",
            "deletecollection secrets",
            "list events");

    private static List<HasMetadata> objects(String directory) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : built(directory).split("(?m)^---$")) {
            if (!document.isBlank()) {
                objects.add(YAML.unmarshal(document));
            }
        }
        return objects;
    }

    private static String built(String directory) {
        try {
            Process process = new ProcessBuilder(
                            "kubectl", "kustomize", K8S.resolve(directory).toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException absent) {
            Assumptions.abort("skipped: kubectl absent");
            throw new AssertionError(absent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static <T> List<T> all(List<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Stream<PodSpec> pods(HasMetadata object) {
        return switch (object) {
            case Deployment it -> Stream.of(it.getSpec().getTemplate().getSpec());
            case DaemonSet it -> Stream.of(it.getSpec().getTemplate().getSpec());
            case StatefulSet it -> Stream.of(it.getSpec().getTemplate().getSpec());
            case Job it -> Stream.of(it.getSpec().getTemplate().getSpec());
            case CronJob it ->
                Stream.of(it.getSpec().getJobTemplate().getSpec().getTemplate().getSpec());
            default -> Stream.empty();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/single-node", "overlays/production", "overlays/cluster-test"})
    void everyFieldIsOneThatKubernetesKnows(String directory) {
        List<HasMetadata> objects = objects(directory);

        assertThat(objects).hasSizeGreaterThan(20);
        for (HasMetadata object : objects) {
            if (!(object instanceof GenericKubernetesResource)) {
                assertThat(unknown(
                                object,
                                object.getKind() + "/" + object.getMetadata().getName()))
                        .isEmpty();
            }
        }
    }

    /** Fields that the model took without knowing them. */
    private static List<String> unknown(@Nullable Object value, String path) {
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .flatMap(one -> unknown(one, path + "[]").stream())
                    .toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream()
                    .flatMap(one -> unknown(one, path + "{}").stream())
                    .toList();
        }
        if (value == null || !value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (Method method : value.getClass().getMethods()) {
            boolean getter = method.getName().startsWith("get")
                    && method.getParameterCount() == 0
                    && !method.getName().equals("getClass");
            if (!getter) {
                continue;
            }
            try {
                Object inner = method.invoke(value);
                if (method.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) inner).keySet().forEach(key -> found.add(path + "." + key));
                } else {
                    found.addAll(unknown(inner, path + "." + method.getName().substring(3)));
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(path, e);
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/single-node", "overlays/production", "overlays/cluster-test"})
    void everyPodPassesTheRestrictedStandard(String directory) {
        List<PodSpec> pods =
                objects(directory).stream().flatMap(ManifestsTest::pods).toList();

        assertThat(pods).hasSizeGreaterThanOrEqualTo(6).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            for (Container container : Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                    .toList()) {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
            }
        });
    }

    @Test
    void theWorkerMayDoWhatItDoesAndNoMore() {
        Set<String> allowed = all(objects("base"), Role.class).stream()
                .flatMap(role -> role.getRules().stream())
                .flatMap(rule -> rule.getVerbs().stream()
                        .flatMap(verb -> rule.getResources().stream().map(resource -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed).containsExactlyInAnyOrderElementsOf(ASKED);
        assertThat(objects("base")).noneMatch(object -> object.getKind().startsWith("ClusterRole"));
    }

    @Test
    void onlyTheWorkerHasATokenOfTheKubernetesApi() {
        assertThat(all(objects("base"), Deployment.class)).hasSize(4).allSatisfy(deployment -> assertThat(
                        deployment.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isEqualTo(deployment.getMetadata().getName().equals("run-worker")));
    }

    @Test
    void everyServiceIsProbedSpreadAndProtected() {
        List<HasMetadata> base = objects("base");

        assertThat(all(base, PodDisruptionBudget.class)).hasSize(4);
        assertThat(all(base, Deployment.class)).allSatisfy(deployment -> {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            Container container = pod.getContainers().getFirst();
            assertThat(pod.getTopologySpreadConstraints()).hasSize(2);
            assertThat(container.getReadinessProbe()).isNotNull();
            assertThat(container.getLivenessProbe()).isNotNull();
            assertThat(container.getStartupProbe()).isNotNull();
            assertThat(deployment.getSpec().getReplicas()).isGreaterThan(1);
        });
    }

    @Test
    void runPodsReachNoPrivateAddress() {
        NetworkPolicy runs = all(objects("base"), NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getNamespace().equals("terrafleet-runs"))
                .findFirst()
                .orElseThrow();

        assertThat(runs.getSpec().getIngress()).isEmpty();
        assertThat(runs.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
        assertThat(runs.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getTo().stream())
                        .filter(peer -> peer.getIpBlock() != null))
                .singleElement()
                .satisfies(peer -> assertThat(peer.getIpBlock().getExcept())
                        .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"));
    }

    @Test
    void namespacesEnforceTheRestrictedStandard() {
        assertThat(all(objects("base"), Namespace.class)).hasSize(2).allSatisfy(namespace -> assertThat(
                        namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
    }

    @Test
    void thePoolOfAnotherClusterIsAsRestricted() {
        List<HasMetadata> pool = objects("pool");
        Set<String> allowed = all(pool, Role.class).stream()
                .flatMap(role -> role.getRules().stream())
                .flatMap(rule -> rule.getVerbs().stream()
                        .flatMap(verb -> rule.getResources().stream().map(resource -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed).containsExactlyInAnyOrderElementsOf(ASKED);
        assertThat(pool).noneMatch(object -> object.getKind().startsWith("ClusterRole"));
        assertThat(all(pool, Namespace.class)).hasSize(2).allSatisfy(namespace -> assertThat(
                        namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
        assertThat(pool).allSatisfy(object -> assertThat(unknown(object, object.getKind()))
                .isEmpty());
        assertThat(pool.stream().flatMap(ManifestsTest::pods)).singleElement().satisfies(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getContainers().getFirst().getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
        });
    }

    /** What tests install needs no storage class and nothing that somebody else has to install before. */
    @Test
    void theInstallationForTestsNeedsNothingBesideACluster() {
        List<HasMetadata> objects = objects("overlays/cluster-test");

        assertThat(objects).noneMatch(GenericKubernetesResource.class::isInstance);
        assertThat(objects).noneMatch(object -> object.getKind().equals("PersistentVolumeClaim"));
        assertThat(all(objects, StatefulSet.class)).hasSize(2).allSatisfy(set -> assertThat(
                        set.getSpec().getVolumeClaimTemplates())
                .isEmpty());
        assertThat(objects.stream().flatMap(ManifestsTest::pods).flatMap(pod -> pod.getVolumes().stream()))
                .allSatisfy(
                        volume -> assertThat(volume.getPersistentVolumeClaim()).isNull());
    }

    /** One place changes schemas, and services that know another one do not start. */
    @Test
    void theJobMigratesAndTheServicesDoNot() {
        List<HasMetadata> base = objects("base");

        for (String service : List.of("api", "policy", "cost")) {
            String key = "QUARKUS_FLYWAY_" + service.toUpperCase(java.util.Locale.ROOT);
            assertThat(environment(base, Deployment.class, service + "-service"))
                    .containsEntry(key + "_MIGRATE_AT_START", "false")
                    .containsEntry(key + "_VALIDATE_AT_START", "true");
            assertThat(environment(base, Job.class, service + "-service"))
                    .containsEntry("QUARKUS_INIT_AND_EXIT", "true")
                    .doesNotContainKeys(key + "_MIGRATE_AT_START");
        }
    }

    private static Map<String, String> environment(
            List<HasMetadata> objects, Class<? extends HasMetadata> kind, String container) {
        return objects.stream()
                .filter(kind::isInstance)
                .flatMap(ManifestsTest::pods)
                .flatMap(pod -> pod.getContainers().stream())
                .filter(its -> its.getName().equals(container))
                .flatMap(its -> its.getEnv().stream())
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    @Test
    void tracesAreAComponent() throws IOException {
        List<HasMetadata> objects = withComponent("single-node", "tracing");

        assertThat(all(objects, ConfigMap.class))
                .filteredOn(map -> map.getMetadata().getName().equals("terrafleet"))
                .singleElement()
                .satisfies(map -> assertThat(map.getData())
                        .containsEntry("TERRAFLEET_TRACE_ENDPOINT", "http://otel-collector.observability.svc:4318")
                        .containsEntry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"));
        assertThat(all(objects, NetworkPolicy.class))
                .filteredOn(policy -> policy.getMetadata().getName().equals("traces"))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.getMetadata().getNamespace()).isEqualTo("terrafleet-runs");
                    assertThat(unknown(policy, "traces")).isEmpty();
                    assertThat(policy.getSpec().getEgress()).hasSize(1);
                });
    }

    @Test
    void theDatabaseByCloudNativePgIsAComponent() throws IOException {
        List<HasMetadata> objects = withComponent("production", "cloudnative-pg");

        assertThat(objects)
                .filteredOn(object -> object.getApiVersion().startsWith("postgresql.cnpg.io/"))
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("Cluster", "ScheduledBackup");
        assertThat(all(objects, ConfigMap.class))
                .filteredOn(map -> map.getMetadata().getName().equals("terrafleet"))
                .singleElement()
                .satisfies(map -> assertThat(map.getData().get("PLATFORM_DATABASE_URL"))
                        .startsWith("jdbc:postgresql://terrafleet-db-rw.terrafleet.svc:5432/terrafleet"));
        assertThat(environment(objects, CronJob.class, "dump")).containsEntry("PGHOST", "terrafleet-db-rw");
        assertThat(all(objects, NetworkPolicy.class))
                .filteredOn(policy -> policy.getMetadata().getName().equals("terrafleet-db"))
                .singleElement()
                .satisfies(policy -> assertThat(unknown(policy, "database")).isEmpty());
        assertThat(objects)
                .filteredOn(object -> object.getMetadata().getName().startsWith("terrafleet-db"))
                .hasSize(4)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("terrafleet"));
    }

    /** As an overlay has it that names the component. */
    private static List<HasMetadata> withComponent(String overlay, String component) throws IOException {
        Path directory =
                K8S.resolve("../run-worker/target/overlay-" + component).normalize();
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("kustomization.yaml"),
                """
                resources: [../../../k8s/overlays/%s]
                components: [../../../k8s/components/%s]
                """
                        .formatted(overlay, component));
        return objects("../run-worker/target/overlay-" + component);
    }

    @Test
    void nodesKeepTheImageThatRunPodsHave() {
        List<HasMetadata> objects = objects("overlays/production");

        assertThat(all(objects, DaemonSet.class)).singleElement().satisfies(kept -> assertThat(
                        kept.getSpec().getTemplate().getSpec().getContainers())
                .extracting(Container::getImage)
                .containsExactly(all(objects, ConfigMap.class).stream()
                        .flatMap(map -> map.getData().entrySet().stream())
                        .filter(entry -> entry.getKey().equals("TERRAFLEET_WORKER_POD_RUNNER_IMAGE"))
                        .findFirst()
                        .orElseThrow()
                        .getValue()));
    }

    @Test
    void noSecretIsInTheManifests() {
        assertThat(Stream.of("base", "overlays/single-node", "overlays/production")
                        .flatMap(directory -> objects(directory).stream())
                        .filter(object -> object.getKind().equals("Secret")))
                .isEmpty();
    }

    @Test
    void everyTopicOfTheContractsIsMade() {
        Set<String> made = objects("overlays/production").stream()
                .filter(object -> object.getKind().equals("KafkaTopic"))
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
        Set<String> needed = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.kafkaName(), topic.deadLetterName()))
                .collect(Collectors.toSet());

        assertThat(made).isEqualTo(needed);
        String single = built("overlays/single-node");
        assertThat(needed).allSatisfy(topic -> assertThat(single).contains("make " + topic + " "));
    }

    @Test
    void theConfigurationNamesKeysThatExist() throws IOException {
        String documented =
                Files.readString(Path.of(System.getProperty("terrafleet.root", ".."), "docs", "configuration.md"));
        Set<String> known = documented
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .map(key -> key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        for (HasMetadata object : objects("overlays/production")) {
            if (object instanceof ConfigMap map && map.getMetadata().getName().equals("terrafleet")) {
                used.addAll(map.getData().keySet());
            }
            pods(object)
                    .flatMap(pod -> pod.getContainers().stream())
                    .filter(container -> container.getImage().startsWith("terrafleet/"))
                    .flatMap(container -> container.getEnv().stream())
                    .map(variable -> variable.getName())
                    .forEach(used::add);
        }
        used.removeIf(name -> name.startsWith("QUARKUS_"));

        assertThat(known).containsAll(used);
        assertThat(used).contains("TERRAFLEET_WORKER_JOB_EXECUTOR");
    }
}
