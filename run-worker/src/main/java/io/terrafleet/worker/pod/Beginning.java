package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.terrafleet.worker.pod.Diagnosis.Fine;
import io.terrafleet.worker.pod.Diagnosis.Lost;
import io.terrafleet.worker.pod.Diagnosis.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What keeps a job from beginning, as long as its pod lives or does not exist yet; pure. */
final class Beginning {
    private static final int LONGEST_MESSAGE = 1000;
    private static final Duration POD_EXPECTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

    /** Trying longer cannot help. */
    private static final Set<String> BAD_IMAGE = Set.of("InvalidImageName", "ErrImageNeverPull");

    private static final Set<String> NO_IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "RegistryUnavailable",
            "ImageInspectError",
            "SignatureValidationFailed");
    private static final Set<String> NO_CONTAINER = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "PreCreateHookError",
            "PreStartHookError");

    private Beginning() {}

    /** There is a Kubernetes Job and no pod. */
    static Diagnosis unborn(Sight sight) {
        if (sight.killed().isPresent()) {
            return new Fine();
        }
        if (isLate(sight)) {
            return late(sight);
        }
        if (Boolean.TRUE.equals(sight.job().getSpec().getSuspend())) {
            return new Waiting("suspended", "the Kubernetes Job is suspended; whoever did that resumes it");
        }
        if (sight.grievance().isPresent()) {
            return refused(sight, sight.grievance().get());
        }
        return sight.age().compareTo(POD_EXPECTED_WITHIN) > 0
                ? new Waiting(
                        "no-pod",
                        "the cluster has made no pod for the Job for "
                                + sight.age().toSeconds() + " s")
                : new Fine();
    }

    private static Diagnosis refused(Sight sight, String grievance) {
        if (grievance.contains("exceeded quota")) {
            return new Waiting("quota-exceeded", "the namespace's quota is used up: " + limited(grievance));
        }
        String message = "the cluster refuses the pod: " + limited(grievance);
        return sight.age().compareTo(sight.times().refused()) > 0
                ? new Lost("pod-refused", message, true)
                : new Waiting("pod-refused", message);
    }

    /** There is a pod whose runner has not ended. */
    static Diagnosis of(Sight sight, Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return leaving(sight, pod);
        }
        return Stream.<Optional<Diagnosis>>of(
                        unscheduled(sight, pod),
                        badCopy(pod),
                        Sight.containers(pod).stream()
                                .flatMap(status -> waiting(sight, pod, status).stream())
                                .findFirst(),
                        begun(pod) || !isLate(sight) ? Optional.empty() : Optional.of(late(sight)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(new Fine());
    }

    /** A node that is no more never says that a pod on it has ended. The timestamp already has the grace in it. */
    private static Diagnosis leaving(Sight sight, Pod pod) {
        return sight.since(pod.getMetadata().getDeletionTimestamp()).compareTo(GONE_WITHIN) > 0
                ? Diagnostician.nodeLost(": the pod was to end and its node does not say that it did")
                : new Fine();
    }

    private static Optional<Diagnosis> unscheduled(Sight sight, Pod pod) {
        Optional<PodCondition> scheduled =
                Sight.condition(pod, "PodScheduled").filter(condition -> "False".equals(condition.getStatus()));
        if (scheduled.isEmpty()) {
            return Optional.empty();
        }
        String message = "no node takes the pod: "
                + limited(String.valueOf(scheduled.get().getMessage()));
        boolean tooLong = sight.since(pod.getMetadata().getCreationTimestamp())
                        .compareTo(sight.times().unschedulable())
                > 0;
        return Optional.of(tooLong ? new Lost("unschedulable", message, true) : new Waiting("unschedulable", message));
    }

    /** The container that brings the binary ended and did not bring it. */
    private static Optional<Diagnosis> badCopy(Pod pod) {
        return Sight.container(pod, PodManifest.BINARY)
                .flatMap(status -> Optional.ofNullable(status.getState()))
                .flatMap(state -> Optional.ofNullable(state.getTerminated()))
                .filter(ended -> ended.getExitCode() == null || ended.getExitCode() != 0)
                .map(ended -> new Lost(
                        "binary-missing",
                        "the image " + imageOf(pod) + " has no binary where it is looked for"
                                + " (terrafleet.worker.pod.terraform-path, tofu-path) or no /bin/sh to copy it with: "
                                + word(ended),
                        true));
    }

    private static String word(ContainerStateTerminated ended) {
        String message = Optional.ofNullable(ended.getMessage())
                .map(text -> ": " + limited(text))
                .orElse("");
        return Optional.ofNullable(ended.getReason()).orElse("ended") + ", exit code " + ended.getExitCode() + message;
    }

    private static String imageOf(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> PodManifest.BINARY.equals(container.getName()))
                .map(container -> container.getImage())
                .findFirst()
                .orElse("?");
    }

    private static Optional<Diagnosis> waiting(Sight sight, Pod pod, ContainerStatus status) {
        @Nullable
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null) {
            return Optional.empty();
        }
        String reason = waiting.getReason();
        String detail = reason + ": "
                + limited(Optional.ofNullable(waiting.getMessage()).orElse("no message"));
        Duration since = sight.since(startOf(pod));
        if (BAD_IMAGE.contains(reason)) {
            return Optional.of(new Lost("image-unusable", imagesOf(pod, status) + " cannot be used: " + detail, true));
        }
        if (NO_IMAGE.contains(reason)) {
            String message = imagesOf(pod, status) + " cannot be pulled: " + detail;
            return Optional.of(lasting(since, sight.times().pullFails(), "image-pull", message));
        }
        if (NO_CONTAINER.contains(reason)) {
            String message = "the container " + status.getName() + " cannot be created: " + detail;
            return Optional.of(lasting(since, sight.times().refused(), "container-not-created", message));
        }
        return Optional.empty();
    }

    /** The container's, and those that are its volumes; which of them it is, the kubelet's message says. */
    private static String imagesOf(Pod pod, ContainerStatus status) {
        return Stream.concat(
                        Stream.of(status.getImage()),
                        pod.getSpec().getVolumes().stream()
                                .filter(volume -> volume.getImage() != null)
                                .map(volume -> volume.getImage().getReference()))
                .collect(Collectors.joining(" or ", "the image ", ""));
    }

    private static Diagnosis lasting(Duration since, Duration patience, String word, String message) {
        return since.compareTo(patience) > 0 ? new Lost(word, message, true) : new Waiting(word, message);
    }

    private static String startOf(Pod pod) {
        String start = pod.getStatus().getStartTime();
        return start == null ? pod.getMetadata().getCreationTimestamp() : start;
    }

    private static boolean begun(Pod pod) {
        return Sight.container(pod, PodManifest.RUNNER)
                .flatMap(status -> Optional.ofNullable(status.getState()))
                .filter(state -> state.getRunning() != null || state.getTerminated() != null)
                .isPresent();
    }

    private static boolean isLate(Sight sight) {
        return sight.now().isAfter(sight.spec().claimBefore());
    }

    private static Lost late(Sight sight) {
        return new Lost(
                "too-late", "no pod began before " + sight.spec().claimBefore() + "; nobody waits for it", true);
    }

    static String limited(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
