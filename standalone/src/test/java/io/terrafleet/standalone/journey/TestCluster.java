package io.terrafleet.standalone.journey;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A cluster as an agent of a pool sees it: an API server in memory, and for each Job a runner of this machine that gets what the pod would get.
 * What a pod is inside is proven elsewhere, with podman and in clusters.
 */
final class TestCluster implements AutoCloseable {
    static final String NAMESPACE = "terrafleet-pool-runs";

    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");
    private static final String IN_POD = "\"/terrafleet/";

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final Path root;
    private final Map<String, String> environment;
    private final Map<String, Process> runners = new HashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("test-cluster").factory());

    /**
     * @param root where the pods' files are
     * @param environment of the runners, beside this process' own
     */
    TestCluster(Path root, Map<String, String> environment) {
        SERVER_LOG.setLevel(Level.WARNING);
        this.root = root;
        this.environment = environment;
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(List.of()), false);
        server.init();
        client = server.createClient();
        var _ = thread.scheduleWithFixedDelay(this::look, 0, 50, TimeUnit.MILLISECONDS);
    }

    /** By these a client in another process finds the cluster. */
    Map<String, String> environment() {
        return Map.of(
                "KUBERNETES_MASTER",
                "http://127.0.0.1:" + server.getPort(),
                "KUBECONFIG",
                root.resolve("no-kubeconfig").toString());
    }

    List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    /** What went wrong here and not in what is tested. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private void look() {
        try {
            for (Job job : jobs()) {
                String name = job.getMetadata().getName();
                Process runner = runners.get(name);
                if (runner == null) {
                    runners.put(name, begin(job));
                } else if (!runner.isAlive() && job.getStatus() == null) {
                    end(job, runner.exitValue());
                }
            }
        } catch (KubernetesClientException conflict) {
            // the agent changed it meanwhile; the next look sees how
        } catch (IOException | RuntimeException e) {
            failures.add(e);
        }
    }

    private Process begin(Job job) throws IOException {
        String name = job.getMetadata().getName();
        Path pod = Files.createDirectories(root.resolve(name).resolve("terrafleet"));
        Files.createDirectories(pod.resolve("work"));
        Files.createSymbolicLink(
                Files.createDirectories(pod.resolve("bin")).resolve("terraform"),
                Terraform.orSkip().toRealPath());
        Secret secret = Objects.requireNonNull(
                client.secrets().inNamespace(NAMESPACE).withName(name).get());
        Path mounted = Files.createDirectories(pod.resolve("secret"));
        for (Map.Entry<String, String> file : secret.getData().entrySet()) {
            String content = new String(Base64.getDecoder().decode(file.getValue()), StandardCharsets.UTF_8);
            Files.writeString(mounted.resolve(file.getKey()), content.replace(IN_POD, "\"" + pod + "/"));
        }
        say(
                client.resource(new PodBuilder()
                                .withNewMetadata()
                                .withName(name + "-1")
                                .withNamespace(NAMESPACE)
                                .withLabels(labels(job))
                                .endMetadata()
                                .withSpec(job.getSpec().getTemplate().getSpec())
                                .build())
                        .create(),
                "Running");
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestPlatform.root().resolve("standalone/target/quarkus-app/lib/main") + "/*",
                        "io.terrafleet.runner.Main",
                        "pod",
                        mounted.resolve("assignment.json").toString(),
                        pod.resolve("last-word").toString())
                .redirectErrorStream(true)
                .redirectOutput(pod.resolve("log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Map<String, String> labels(Job job) {
        Map<String, String> labels =
                new HashMap<>(job.getSpec().getTemplate().getMetadata().getLabels());
        labels.put("job-name", job.getMetadata().getName());
        return labels;
    }

    private void say(Pod pod, String phase) {
        pod.setStatus(new PodStatusBuilder()
                .withPhase(phase)
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("runner")
                        .withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build())
                .build());
        client.resource(pod).updateStatus();
    }

    private void end(Job job, int exit) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName(job.getMetadata().getName())
                .subresource("status")
                .edit(known -> {
                    known.setStatus(new JobStatusBuilder()
                            .withConditions(new JobConditionBuilder()
                                    .withType(exit == 0 ? "Complete" : "Failed")
                                    .withStatus("True")
                                    .build())
                            .build());
                    return known;
                });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the cluster does not come to its end");
            }
            for (Process runner : runners.values()) {
                runner.descendants().forEach(ProcessHandle::destroyForcibly);
                runner.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        server.destroy();
    }
}
