package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.terrafleet.worker.job.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a job at an instant.
 *
 * @param gone whether the Kubernetes Job was deleted before it ended
 * @param pods those there are, and as they were last seen those that are no more
 * @param grievance why the cluster made no pod
 */
record Sight(
        JobSpec spec,
        Job job,
        boolean gone,
        List<Pod> pods,
        List<String> gonePods,
        Optional<String> grievance,
        PodTimes times,
        Instant now) {

    Sight with(Optional<String> complaint) {
        return new Sight(spec, job, gone, pods, gonePods, complaint, times, now);
    }

    /** Empty when there is none. */
    static String annotation(HasMetadata object, String name) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    Optional<JobCondition> failed() {
        return conditions().stream()
                .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    static boolean finished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> "True".equals(condition.getStatus())
                                && ("Failed".equals(condition.getType()) || "Complete".equals(condition.getType())));
    }

    private List<JobCondition> conditions() {
        return job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    }

    Optional<String> killed() {
        String reason = annotation(job, Marks.KILLED);
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** How long the Kubernetes Job has existed. */
    Duration age() {
        return since(job.getMetadata().getCreationTimestamp());
    }

    /** Zero when the timestamp is absent. */
    Duration since(@Nullable String timestamp) {
        return timestamp == null ? Duration.ZERO : Duration.between(instant(timestamp), now);
    }

    static Instant instant(String timestamp) {
        return OffsetDateTime.parse(timestamp).toInstant();
    }

    /** Whether the pod's runner may still be at work, or begin. */
    boolean alive(Pod pod) {
        if (gonePods.contains(pod.getMetadata().getName())) {
            return false;
        }
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        boolean ended = "Failed".equals(phase) || "Succeeded".equals(phase);
        return !ended
                && container(pod, PodManifest.RUNNER)
                        .map(status ->
                                status.getState() == null || status.getState().getTerminated() == null)
                        .orElse(true);
    }

    static Optional<ContainerStatus> container(Pod pod, String name) {
        return containers(pod).stream()
                .filter(status -> name.equals(status.getName()))
                .findFirst();
    }

    static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }
}
