package io.terrafleet.testkit.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
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
import java.util.stream.Stream;

/**
 * Runs the containers of a pod as processes of this machine: volumes are directories at the very paths that they are mounted at, or below a
 * directory for each pod; the runner's image is this JVM. Isolation is not its business.
 */
public final class ProcessKubelet implements Kubelet {
    private static final List<String> RUNNER_ENTRY_POINT = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.terrafleet.runner.Main");

    private static final String LOG = ".log";
    private static final Duration DEATH = Duration.ofSeconds(60);

    private final Optional<Path> root;
    private final Map<String, Path> claims = new ConcurrentHashMap<>();
    private final Map<String, List<Process>> running = new ConcurrentHashMap<>();
    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    /** Of pods whose paths are paths of this machine. */
    public ProcessKubelet() {
        this.root = Optional.empty();
    }

    /** @param root holds a directory for each pod that stands for its root; what the pod is told of its paths is changed accordingly */
    public ProcessKubelet(Path root) {
        this.root = Optional.of(root);
    }

    /** @param directories of this machine, by the names of the claims that stand for them */
    public void claims(Map<String, Path> directories) {
        claims.putAll(directories);
    }

    @Override
    public void run(KubernetesClient client, Pod pod) {
        try {
            Map<String, Process> processes = new HashMap<>();
            for (Container container : pod.getSpec().getContainers()) {
                PodRoot paths = paths(pod, container);
                mount(client, pod, container, paths);
                Process process = start(container, paths);
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

    private PodRoot paths(Pod pod, Container container) {
        return PodRoot.of(
                container, root.map(all -> all.resolve(pod.getMetadata().getName())));
    }

    private void mount(KubernetesClient client, Pod pod, Container container, PodRoot paths) throws IOException {
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path place = paths.place(mount.getMountPath());
            Path directory =
                    claimed(pod, mount).map(claim -> link(place, claim)).orElseGet(() -> made(place));
            for (Volume volume : pod.getSpec().getVolumes()) {
                if (volume.getName().equals(mount.getName())) {
                    for (Map.Entry<String, byte[]> file :
                            content(client, pod, volume).entrySet()) {
                        Files.write(directory.resolve(file.getKey()), paths.inDocument(file.getValue()));
                    }
                }
            }
        }
        if (container.getTerminationMessagePath() != null) {
            Path message = paths.place(container.getTerminationMessagePath());
            Files.createDirectories(Objects.requireNonNull(message.getParent()));
            Files.writeString(message, "");
        }
    }

    /** The files of a Secret or a ConfigMap. */
    private static Map<String, byte[]> content(KubernetesClient client, Pod pod, Volume volume) {
        String namespace = pod.getMetadata().getNamespace();
        Map<String, byte[]> files = new HashMap<>();
        if (volume.getSecret() != null) {
            String name = volume.getSecret().getSecretName();
            Secret secret = Objects.requireNonNull(
                    client.secrets().inNamespace(namespace).withName(name).get());
            secret.getData()
                    .forEach((file, text) -> files.put(file, Base64.getDecoder().decode(text)));
        } else if (volume.getConfigMap() != null) {
            String name = volume.getConfigMap().getName();
            ConfigMap map = Objects.requireNonNull(
                    client.configMaps().inNamespace(namespace).withName(name).get());
            map.getData().forEach((file, text) -> files.put(file, text.getBytes(StandardCharsets.UTF_8)));
        }
        return files;
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

    private static Process start(Container container, PodRoot paths) throws IOException {
        List<String> line =
                new ArrayList<>(container.getCommand().isEmpty() ? RUNNER_ENTRY_POINT : container.getCommand());
        container.getArgs().forEach(argument -> line.add(paths.inWord(argument)));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        for (EnvVar variable : container.getEnv()) {
            builder.environment().put(variable.getName(), paths.inWord(variable.getValue()));
        }
        return builder.redirectOutput(
                        paths.root().isPresent()
                                ? ProcessBuilder.Redirect.to(paths.place("/" + container.getName() + LOG)
                                        .toFile())
                                : ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What the containers have printed; nothing where pods have no root. */
    public String printed() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path directory : root.stream().toList()) {
            try (Stream<Path> files = Files.walk(directory, 2)) {
                for (Path file : files.filter(file -> file.toString().endsWith(LOG))
                        .sorted()
                        .toList()) {
                    all.append(directory.relativize(file)).append(":\n").append(Files.readString(file));
                }
            }
        }
        return all.toString();
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

    private void say(KubernetesClient client, Pod pod, String phase, Map<String, Process> processes) {
        List<ContainerStatus> statuses = pod.getSpec().getContainers().stream()
                .map(container -> status(pod, container, Objects.requireNonNull(processes.get(container.getName()))))
                .toList();
        FakeCluster.say(client, pod, known -> new PodStatusBuilder()
                .withPhase(phase)
                .withStartTime(Instant.now().toString())
                .withContainerStatuses(statuses)
                .build());
    }

    private ContainerStatus status(Pod pod, Container container, Process process) {
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
                .withMessage(message(pod, container))
                .endTerminated()
                .endState()
                .build();
    }

    private String message(Pod pod, Container container) {
        if (container.getTerminationMessagePath() == null) {
            return "";
        }
        try {
            return Files.readString(
                    paths(pod, container).place(container.getTerminationMessagePath()), StandardCharsets.UTF_8);
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
