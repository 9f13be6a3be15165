package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs the containers of a pod as processes of this machine: volumes are directories at the very paths that they are mounted at, the
 * runner's image is this JVM. Isolation is not its business.
 */
final class ProcessKubelet implements Kubelet {
    private static final List<String> RUNNER_ENTRY_POINT = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.terrafleet.runner.Main");

    private static final Duration DEATH = Duration.ofSeconds(60);

    private final Map<String, Path> claims = new ConcurrentHashMap<>();
    private final Map<String, List<Process>> running = new ConcurrentHashMap<>();
    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    /** @param directories of this machine, by the names of the claims that stand for them */
    void claims(Map<String, Path> directories) {
        claims.putAll(directories);
    }

    @Override
    public void run(KubernetesClient client, Pod pod) {
        try {
            Map<String, Process> processes = new HashMap<>();
            for (Container container : pod.getSpec().getContainers()) {
                mount(client, pod, container);
                Process process = start(container);
                started.add(process);
                processes.put(container.getName(), process);
            }
            String name = pod.getMetadata().getName();
            running.put(name, new ArrayList<>(processes.values()));
            Thread.ofVirtual().start(() -> report(client, pod, processes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mount(KubernetesClient client, Pod pod, Container container) throws IOException {
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path directory = claimed(pod, mount)
                    .map(claim -> link(Path.of(mount.getMountPath()), claim))
                    .orElseGet(() -> made(Path.of(mount.getMountPath())));
            for (Volume volume : pod.getSpec().getVolumes()) {
                if (volume.getName().equals(mount.getName()) && volume.getSecret() != null) {
                    Secret secret = Objects.requireNonNull(client.secrets()
                            .inNamespace(pod.getMetadata().getNamespace())
                            .withName(volume.getSecret().getSecretName())
                            .get());
                    for (Map.Entry<String, String> file : secret.getData().entrySet()) {
                        Files.write(
                                directory.resolve(file.getKey()),
                                Base64.getDecoder().decode(file.getValue()));
                    }
                }
            }
        }
        if (container.getTerminationMessagePath() != null) {
            Path message = Path.of(container.getTerminationMessagePath());
            Files.createDirectories(Objects.requireNonNull(message.getParent()));
            Files.writeString(message, "");
        }
    }

    private Optional<Path> claimed(Pod pod, VolumeMount mount) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .flatMap(volume -> Optional.ofNullable(volume.getPersistentVolumeClaim()).stream())
                .map(claim -> Objects.requireNonNull(claims.get(claim.getClaimName())))
                .findFirst();
    }

    private static Path made(Path place) {
        try {
            return Files.createDirectories(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path link(Path place, Path target) {
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            return Files.exists(place) ? place : Files.createSymbolicLink(place, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Container container) throws IOException {
        List<String> line =
                new ArrayList<>(container.getCommand().isEmpty() ? RUNNER_ENTRY_POINT : container.getCommand());
        line.addAll(container.getArgs());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        for (EnvVar variable : container.getEnv()) {
            builder.environment().put(variable.getName(), variable.getValue());
        }
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Says that the containers run, and of each when it has ended, how. */
    private void report(KubernetesClient client, Pod pod, Map<String, Process> processes) {
        BlockingQueue<Process> ended = new LinkedBlockingQueue<>();
        for (Process process : processes.values()) {
            var _ = process.onExit().thenAccept(ended::add);
        }
        say(client, pod, "Running", processes);
        try {
            for (int left = processes.size(); left > 0; left--) {
                ended.take();
                if (left > 1) {
                    say(client, pod, "Running", processes);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean well = processes.values().stream().allMatch(process -> process.exitValue() == 0);
        say(client, pod, well ? "Succeeded" : "Failed", processes);
    }

    private static void say(KubernetesClient client, Pod pod, String phase, Map<String, Process> processes) {
        List<ContainerStatus> statuses = pod.getSpec().getContainers().stream()
                .map(container -> status(container, Objects.requireNonNull(processes.get(container.getName()))))
                .toList();
        FakeCluster.say(client, pod, known -> new PodStatusBuilder()
                .withPhase(phase)
                .withStartTime(Instant.now().toString())
                .withContainerStatuses(statuses)
                .build());
    }

    private static ContainerStatus status(Container container, Process process) {
        ContainerStatusBuilder status =
                new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage());
        if (process.isAlive()) {
            return status.withNewState()
                    .withNewRunning()
                    .endRunning()
                    .endState()
                    .build();
        }
        return status.withNewState()
                .withNewTerminated()
                .withExitCode(process.exitValue())
                .withReason(process.exitValue() == 0 ? "Completed" : "Error")
                .withMessage(message(container))
                .endTerminated()
                .endState()
                .build();
    }

    private static String message(Container container) {
        if (container.getTerminationMessagePath() == null) {
            return "";
        }
        try {
            return Files.readString(Path.of(container.getTerminationMessagePath()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop(String pod) {
        List<Process> processes = running.remove(pod);
        if (processes != null) {
            processes.forEach(process -> process.toHandle().destroy());
        }
    }

    @Override
    public void crash(String pod) {
        List<Process> processes = running.getOrDefault(pod, List.of());
        processes.forEach(ProcessKubelet::crash);
    }

    private static void crash(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** When this returns nobody writes into the volumes any more, those who were asked to stop and take their time included. */
    @Override
    public void close() {
        for (Process process : started) {
            List<ProcessHandle> children = process.descendants().toList();
            crash(process);
            process.onExit().orTimeout(DEATH.toSeconds(), TimeUnit.SECONDS).join();
            children.forEach(child -> child.onExit()
                    .orTimeout(DEATH.toSeconds(), TimeUnit.SECONDS)
                    .join());
        }
    }
}
