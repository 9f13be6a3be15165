package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.testkit.cluster.Kubelet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs pods as containers: podman gets the manifest as the API server has it. What a node's kubelet adds is added here: a directory
 * with the files of its Secret, and the file for the last word of a container. The network is this machine's, where the platform of the test is.
 */
final class PodmanKubelet implements Kubelet {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Podman podman;
    private final Path directory;
    private final String mark;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Played> played = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Path> claims = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    /**
     * A pod that podman was asked for.
     *
     * @param secret directory with the files of its Secret
     * @param manifest the file that podman was given
     */
    private record Played(String name, Path secret, Path manifest, Path lastWord) {
        String container(Container container) {
            return name + "-" + container.getName();
        }
    }

    /** @param mark tells the pods of this test from those of another one beside it */
    PodmanKubelet(Podman podman, Path directory, String mark) {
        this.podman = podman;
        this.directory = directory;
        this.mark = mark;
    }

    /** @param directories of this machine, by the names of the claims that stand for them */
    void claims(Map<String, Path> directories) {
        claims.putAll(directories);
    }

    @Override
    public void run(KubernetesClient client, Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            Played its = new Played(
                    name + "-" + mark,
                    secret(client, pod, directory.resolve(name + ".secret")),
                    directory.resolve(name + ".yaml"),
                    lastWord(directory.resolve(name + ".last-word")));
            Files.writeString(its.manifest(), manifest(pod, its), StandardCharsets.UTF_8);
            played.put(name, its);
            var _ = threads.submit(() -> guarded(client, pod, its));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lastWord(Path file) throws IOException {
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static String secretOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .flatMap(volume -> Optional.ofNullable(volume.getSecret()).stream())
                .findFirst()
                .orElseThrow()
                .getSecretName();
    }

    /** As a kubelet's directory for the Secret; podmen differ in what they make of one. They know no group of a pod, so all may read. */
    private static Path secret(KubernetesClient client, Pod pod, Path directory) throws IOException {
        Secret secret = Objects.requireNonNull(client.secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(secretOf(pod))
                .get());
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : secret.getData().entrySet()) {
            Files.write(directory.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
        }
        return directory;
    }

    private String manifest(Pod pod, Played its) {
        Pod completed = new PodBuilder(pod)
                .withNewMetadata()
                .withName(its.name())
                .withLabels(pod.getMetadata().getLabels())
                .endMetadata()
                .withStatus(null)
                .build();
        onThisMachine(completed, its);
        tellsItsLastWord(completed, its.lastWord());
        return Serialization.asYaml(completed);
    }

    /** Podman has one name for a volume of all pods. */
    private void onThisMachine(Pod pod, Played its) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getSecret() != null) {
                volume.setSecret(null);
                volume.setHostPath(new HostPathVolumeSource(its.secret().toString(), "Directory"));
            }
            if (volume.getPersistentVolumeClaim() != null) {
                Path claimed = claims.get(volume.getPersistentVolumeClaim().getClaimName());
                volume.setPersistentVolumeClaim(null);
                volume.setHostPath(new HostPathVolumeSource(String.valueOf(claimed), "Directory"));
            }
            volume.setName(its.name() + "-" + volume.getName());
        }
        for (Container container : pod.getSpec().getContainers()) {
            container.getVolumeMounts().forEach(mount -> mount.setName(its.name() + "-" + mount.getName()));
        }
    }

    private static void tellsItsLastWord(Pod pod, Path file) {
        pod.getSpec()
                .getVolumes()
                .add(new VolumeBuilder()
                        .withName("last-word")
                        .withNewHostPath(file.toString(), "File")
                        .build());
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getTerminationMessagePath() != null) {
                container
                        .getVolumeMounts()
                        .add(new VolumeMountBuilder()
                                .withName("last-word")
                                .withMountPath(container.getTerminationMessagePath())
                                .build());
            }
        }
    }

    private void guarded(KubernetesClient client, Pod pod, Played its) {
        try {
            live(client, pod, its);
        } catch (RuntimeException e) {
            if (!closed) {
                failures.add(e);
            }
        }
    }

    /** What podman did not do. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** From the start to the end; says what a kubelet says. */
    private void live(KubernetesClient client, Pod pod, Played its) {
        Podman.Said begun =
                podman.say("kube", "play", "--network", "host", its.manifest().toString());
        if (!begun.well()) {
            throw new IllegalStateException("podman does not play the pod: " + begun.text());
        }
        Map<String, Integer> exits = new HashMap<>();
        say(client, pod, "Running", its, exits);
        for (Container container : pod.getSpec().getContainers()) {
            Podman.Said end = podman.say(LIFETIME, List.of("wait", its.container(container)));
            if (!end.well()) {
                throw new IllegalStateException("podman does not tell a container's end: " + end.text());
            }
            exits.put(container.getName(), Integer.parseInt(end.text()));
            boolean last = exits.size() == pod.getSpec().getContainers().size();
            boolean well = exits.values().stream().allMatch(exit -> exit == 0);
            say(client, pod, last ? well ? "Succeeded" : "Failed" : "Running", its, exits);
        }
    }

    private static void say(KubernetesClient client, Pod pod, String phase, Played its, Map<String, Integer> exits) {
        List<ContainerStatus> statuses = pod.getSpec().getContainers().stream()
                .map(container -> status(container, its, Optional.ofNullable(exits.get(container.getName()))))
                .toList();
        FakeCluster.say(client, pod, known -> new PodStatusBuilder()
                .withPhase(phase)
                .withStartTime(Instant.now().toString())
                .withContainerStatuses(statuses)
                .build());
    }

    private static ContainerStatus status(Container container, Played its, Optional<Integer> exit) {
        ContainerStatusBuilder status =
                new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage());
        if (exit.isEmpty()) {
            return status.withNewState()
                    .withNewRunning()
                    .endRunning()
                    .endState()
                    .build();
        }
        return status.withNewState()
                .withNewTerminated()
                .withExitCode(exit.get())
                .withReason(exit.get() == 0 ? "Completed" : "Error")
                .withMessage(container.getTerminationMessagePath() == null ? "" : read(its.lastWord()))
                .endTerminated()
                .endState()
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a shell in the pod's container prints. */
    Podman.Said within(String pod, String container, String script) {
        return podman.say("exec", played(pod).name() + "-" + container, "/bin/sh", "-c", script);
    }

    private Played played(String pod) {
        return Objects.requireNonNull(played.get(pod));
    }

    @Override
    public void stop(String pod) {
        if (stopped.add(pod)) {
            String name = played(pod).name();
            var _ = threads.submit(() -> podman.say(LIFETIME, List.of("pod", "stop", "--time", "60", name)));
        }
    }

    @Override
    public void crash(String pod) {
        podman.say("pod", "kill", played(pod).name());
    }

    @Override
    public void close() {
        closed = true;
        for (Played its : played.values()) {
            podman.say("pod", "rm", "--force", "--time", "0", its.name());
            List<String> line = new ArrayList<>(List.of("volume", "rm", "--force"));
            podman.say("volume", "ls", "--quiet", "--filter", "name=" + its.name())
                    .text()
                    .lines()
                    .forEach(line::add);
            podman.say(LIFETIME, line);
        }
        threads.close();
    }
}
