package io.terrafleet.testkit.cluster;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does what Kubernetes' Job controller does for Jobs with one completion and no retries: makes the pod, ends it when the deadline is over,
 * says how the Job ended, lets pods go when they have ended. A kubelet runs the pods, if there is one; otherwise nothing happens to them
 * but what a test says.
 */
public final class JobController implements AutoCloseable {
    private static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    private final KubernetesClient client;
    private final Optional<Kubelet> kubelet;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-controller").factory());
    private final Set<String> hadPod = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Integer> podsMade = new HashMap<>();
    private int mostPods = Integer.MAX_VALUE;
    private int room;

    JobController(KubernetesClient client, Optional<Kubelet> kubelet) {
        this.client = client;
        this.kubelet = kubelet;
        var _ = thread.scheduleWithFixedDelay(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    /** How many pods a quota lets run at a time; without one as many as there are Jobs. */
    public synchronized void quota(int pods) {
        mostPods = pods;
    }

    /** How many pods were ever made for the Job. */
    public synchronized int podsMade(String job) {
        return podsMade.getOrDefault(job, 0);
    }

    private synchronized void look() {
        try {
            List<Pod> pods =
                    client.pods().inNamespace(FakeCluster.NAMESPACE).list().getItems();
            room = mostPods - (int) pods.stream().filter(pod -> !ended(pod)).count();
            Set<String> jobs = new HashSet<>();
            for (Job job : client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(FakeCluster.NAMESPACE)
                    .list()
                    .getItems()) {
                jobs.add(job.getMetadata().getName());
                look(
                        job,
                        pods.stream()
                                .filter(pod -> isOf(job.getMetadata().getName(), pod))
                                .toList());
            }
            collectGarbage(jobs, pods);
        } catch (KubernetesClientException conflict) {
            // somebody else changed it; the next look sees how
        }
    }

    private static boolean isOf(String job, Pod pod) {
        return job.equals(pod.getMetadata().getLabels().get("job-name"));
    }

    private void look(Job job, List<Pod> pods) {
        String name = job.getMetadata().getName();
        boolean overdue = age(job.getMetadata()).toSeconds() >= job.getSpec().getActiveDeadlineSeconds();
        if (finished(job)) {
            pods.forEach(this::letGo);
        } else if (overdue) {
            pods.forEach(this::letGo);
            pods.stream().filter(pod -> !ended(pod)).forEach(this::delete);
            if (pods.stream().allMatch(JobController::ended)) {
                finish(job, "Failed", "DeadlineExceeded");
            }
        } else if (pods.isEmpty() && !hadPod.contains(name)) {
            if (room > 0) {
                room--;
                makePod(job);
            } else if (refused.add(name)) {
                complain(
                        job,
                        "pods \"" + name + "\" is forbidden: exceeded quota: runs, requested: pods=1, used: pods="
                                + mostPods + ", limited: pods=" + mostPods);
            }
        } else if (pods.isEmpty()) {
            finish(job, "Failed", "BackoffLimitExceeded");
        } else {
            judge(job, pods);
        }
    }

    private void judge(Job job, List<Pod> pods) {
        for (Pod pod : pods) {
            if (pod.getMetadata().getDeletionTimestamp() != null && !ended(pod)) {
                kubelet.ifPresentOrElse(
                        running -> running.stop(pod.getMetadata().getName()), () -> removeFinalizer(pod));
            }
        }
        if (pods.stream().allMatch(JobController::ended)) {
            boolean well = pods.stream()
                    .allMatch(pod -> "Succeeded".equals(pod.getStatus().getPhase()));
            finish(job, well ? "Complete" : "Failed", well ? null : "BackoffLimitExceeded");
        }
    }

    /** A pod that has ended and is to go, goes. */
    private void letGo(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            return;
        }
        if (ended(pod)) {
            removeFinalizer(pod);
        } else {
            kubelet.ifPresentOrElse(running -> running.stop(pod.getMetadata().getName()), () -> removeFinalizer(pod));
        }
    }

    private void collectGarbage(Set<String> jobs, List<Pod> pods) {
        for (Pod pod : pods) {
            if (!jobs.contains(pod.getMetadata().getLabels().get("job-name"))) {
                delete(pod);
                letGo(pod);
            }
        }
    }

    static boolean ended(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private static boolean finished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> "True".equals(condition.getStatus())
                                && Set.of("Failed", "Complete").contains(condition.getType()));
    }

    private static Duration age(ObjectMeta metadata) {
        return Duration.between(
                OffsetDateTime.parse(metadata.getCreationTimestamp()).toInstant(), Instant.now());
    }

    private void makePod(Job job) {
        String name = job.getMetadata().getName();
        ObjectMeta template = job.getSpec().getTemplate().getMetadata();
        Map<String, String> labels = new HashMap<>(template.getLabels());
        labels.put("job-name", name);
        int number = podsMade.merge(name, 1, Integer::sum);
        Pod pod = client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-" + number)
                        .withNamespace(job.getMetadata().getNamespace())
                        .withLabels(labels)
                        .withAnnotations(template.getAnnotations())
                        .withFinalizers(FINALIZER)
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName(name)
                                .withUid(job.getMetadata().getUid())
                                .withController(true)
                                .build())
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .withNewStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build())
                .create();
        hadPod.add(name);
        kubelet.ifPresent(runs -> runs.run(client, pod));
    }

    private void complain(Job job, String message) {
        var _ = client.v1()
                .events()
                .inNamespace(FakeCluster.NAMESPACE)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(job.getMetadata().getName() + ".complaint")
                        .withNamespace(FakeCluster.NAMESPACE)
                        .endMetadata()
                        .withType("Warning")
                        .withReason("FailedCreate")
                        .withMessage(message)
                        .withNewInvolvedObject()
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withNamespace(FakeCluster.NAMESPACE)
                        .endInvolvedObject()
                        .build())
                .create();
    }

    private void delete(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            var _ = client.resource(pod).delete();
        }
    }

    private void removeFinalizer(Pod pod) {
        client.pods()
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(pod.getMetadata().getName())
                .edit(known -> new PodBuilder(known)
                        .editMetadata()
                        .withFinalizers(new ArrayList<>())
                        .endMetadata()
                        .build());
    }

    private void finish(Job job, String condition, @Nullable String reason) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(job.getMetadata().getName())
                .subresource("status")
                .edit(known -> {
                    known.setStatus(new JobStatusBuilder()
                            .withConditions(new JobConditionBuilder()
                                    .withType(condition)
                                    .withStatus("True")
                                    .withReason(reason)
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
                throw new IllegalStateException("the Job controller does not come to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kubelet.ifPresent(Kubelet::close);
    }
}
