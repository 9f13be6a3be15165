package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each job's objects, and which of them are no more: the word of a pod is needed after the pod. A job is forgotten
 * when its Kubernetes Job is gone and its end is known. Safe for use by several threads.
 */
final class Ledger {
    /** A Kubernetes Job by where it is. */
    record Key(String namespace, String name) {
        static Key of(Job job) {
            return new Key(job.getMetadata().getNamespace(), job.getMetadata().getName());
        }
    }

    /**
     * @param gone whether the Job is no more
     * @param gonePods names of those of the pods that are no more
     */
    record Entry(Job job, boolean gone, List<Pod> pods, List<String> gonePods) {}

    private static final String JOB_NAME = "job-name";

    private final Map<Key, Job> jobs = new HashMap<>();
    private final Set<Key> goneJobs = new HashSet<>();
    private final Map<Key, Map<String, Pod>> pods = new HashMap<>();
    private final Map<Key, Set<String>> gonePods = new HashMap<>();

    /** The Job that a pod belongs to. */
    static Optional<Key> keyOf(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String name = labels == null ? null : labels.get(JOB_NAME);
        return Optional.ofNullable(name).map(found -> new Key(pod.getMetadata().getNamespace(), found));
    }

    synchronized void saw(Job job) {
        jobs.put(Key.of(job), job);
        goneJobs.remove(Key.of(job));
    }

    synchronized void wentAway(Job job) {
        jobs.put(Key.of(job), job);
        goneJobs.add(Key.of(job));
    }

    synchronized void saw(Pod pod) {
        keyOf(pod).ifPresent(key -> pods.computeIfAbsent(key, none -> new LinkedHashMap<>())
                .merge(pod.getMetadata().getName(), pod, Ledger::latest));
    }

    /** How a container ended is not unlearned: the last word on a pod that goes away may be older than that. */
    private static Pod latest(Pod known, Pod fresh) {
        return hasEnded(known) && !hasEnded(fresh) ? known : fresh;
    }

    private static boolean hasEnded(Pod pod) {
        return Sight.containers(pod).stream()
                .anyMatch(
                        status -> status.getState() != null && status.getState().getTerminated() != null);
    }

    synchronized void wentAway(Pod pod) {
        saw(pod);
        keyOf(pod).ifPresent(key -> gonePods.computeIfAbsent(key, none -> new TreeSet<>())
                .add(pod.getMetadata().getName()));
    }

    synchronized Optional<Entry> find(Key key) {
        return Optional.ofNullable(jobs.get(key))
                .map(job -> new Entry(
                        job,
                        goneJobs.contains(key),
                        new ArrayList<>(pods.getOrDefault(key, Map.of()).values()),
                        List.copyOf(gonePods.getOrDefault(key, Set.of()))));
    }

    synchronized List<Key> keys() {
        return List.copyOf(jobs.keySet());
    }

    /** Jobs of a namespace that are believed to exist, and their resource versions. */
    synchronized Map<Key, String> versions(String namespace) {
        Map<Key, String> versions = new HashMap<>();
        jobs.forEach((key, job) -> {
            if (key.namespace().equals(namespace) && !goneJobs.contains(key)) {
                versions.put(key, job.getMetadata().getResourceVersion());
            }
        });
        return versions;
    }

    /** Takes over what a list says of a Job, unless a watch said something meanwhile. */
    synchronized boolean correct(Job listed, @Nullable String versionBefore) {
        Job known = goneJobs.contains(Key.of(listed)) ? null : jobs.get(Key.of(listed));
        String version = known == null ? null : known.getMetadata().getResourceVersion();
        if (!Objects.equals(version, versionBefore)
                || listed.getMetadata().getResourceVersion().equals(version)) {
            return false;
        }
        saw(listed);
        return true;
    }

    /** Pods of a namespace that are believed to exist. */
    synchronized Map<String, Pod> podsIn(String namespace) {
        Map<String, Pod> all = new HashMap<>();
        pods.forEach((key, ofJob) -> ofJob.forEach((name, pod) -> {
            boolean there = !gonePods.getOrDefault(key, Set.of()).contains(name);
            if (key.namespace().equals(namespace) && there) {
                all.put(name, pod);
            }
        }));
        return all;
    }

    synchronized Optional<Job> job(Key key) {
        return Optional.ofNullable(jobs.get(key));
    }

    synchronized Optional<Key> findByName(String name) {
        return jobs.keySet().stream()
                .filter(key -> key.name().equals(name) && !goneJobs.contains(key))
                .findFirst();
    }

    synchronized void forget(Key key) {
        jobs.remove(key);
        goneJobs.remove(key);
        pods.remove(key);
        gonePods.remove(key);
    }
}
