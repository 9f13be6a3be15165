package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What a worker asks of a cluster: three requests make a job, one ends it, two tell that it was lost. An API server that does not answer
 * is asked again for a while.
 */
final class Cluster {
    private static final Logger LOG = Logger.getLogger(Cluster.class);
    private static final int TOO_MANY = 429;
    private static final int UNPROCESSABLE = 422;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final MergePatch patches;
    private final Duration patience;
    private final InstantSource clock;

    /** @param patience how long an API server that does not answer is asked */
    Cluster(KubernetesClient client, Duration patience, InstantSource clock) {
        this.client = client;
        this.patches = new MergePatch(client);
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Makes the objects, each once however often it is asked for; what is there already is adopted.
     *
     * @return whether the Job was made now
     * @throws Refused when the cluster does not want them
     * @throws KubernetesClientException when the API server cannot be reached
     */
    boolean make(Secret secret, Job job) throws Refused {
        var _ = create(secret, () -> client.resource(secret).create());
        Optional<Job> made = create(job, () -> client.resource(job).create());
        made.ifPresent(owner -> own(secret, owner));
        return made.isPresent();
    }

    /** Empty when it is there already. */
    private <T extends HasMetadata> Optional<T> create(T object, Supplier<T> request) throws Refused {
        try {
            return Optional.of(patiently(request));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            if (isAway(e)) {
                throw e;
            }
            throw refused(object, e);
        }
    }

    private static Refused refused(HasMetadata object, KubernetesClientException e) {
        String what = "a " + object.getKind() + " in namespace "
                + object.getMetadata().getNamespace();
        String why = Beginning.limited(String.valueOf(e.getMessage()));
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                new Refused("Kubernetes does not accept " + what + ": " + why, true, e);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new Refused(
                        "the namespace " + object.getMetadata().getNamespace() + " does not exist: " + why, false, e);
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                new Refused(
                        "the worker was not allowed to create " + what
                                + " (its Role, a ResourceQuota or an admission rule): " + why,
                        false,
                        e);
            default -> new Refused("Kubernetes does not create " + what + ": " + why, false, e);
        };
    }

    /** When the Job goes, its Secret goes with it. A Secret that nobody owns is swept away later. */
    private void own(Secret secret, Job owner) {
        Map<String, Object> reference = Map.of(
                "metadata",
                Map.of(
                        "labels",
                        Map.of(Marks.OWNED, "yes"),
                        "ownerReferences",
                        List.of(new OwnerReferenceBuilder()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName(owner.getMetadata().getName())
                                .withUid(owner.getMetadata().getUid())
                                .withController(true)
                                .withBlockOwnerDeletion(false)
                                .build())));
        try {
            patiently(() -> {
                patches.secret(
                        secret.getMetadata().getNamespace(),
                        secret.getMetadata().getName(),
                        reference);
                return true;
            });
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "secret %s: it could not be given to its Job: %s",
                    secret.getMetadata().getName(), e.getMessage());
        }
    }

    /**
     * Writes news on the Job, unless somebody else changed it since it was seen.
     *
     * @param end whether the Job is to be ended too
     * @return whether it was written
     */
    boolean note(Job seen, News news, boolean end) {
        Map<String, Object> change = new HashMap<>();
        change.put(
                "metadata",
                Map.of(
                        "resourceVersion",
                        seen.getMetadata().getResourceVersion(),
                        "annotations",
                        Map.of(Marks.NEWS, news.json())));
        if (end) {
            change.put("spec", Map.of("activeDeadlineSeconds", 1));
        }
        return patch(seen.getMetadata().getNamespace(), seen.getMetadata().getName(), change);
    }

    /** The broker has the loss. */
    boolean told(Job job) {
        return patch(
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                Map.of("metadata", Map.of("annotations", Map.of(Marks.TOLD, "yes"))));
    }

    /**
     * Ends the Job: its pod gets its grace, the Job itself stays until its end has been told.
     *
     * @return whether there is one
     */
    boolean kill(String namespace, String name, String reason) {
        return patch(
                namespace,
                name,
                Map.of(
                        "metadata",
                        Map.of("annotations", Map.of(Marks.KILLED, Beginning.limited(reason))),
                        "spec",
                        Map.of("activeDeadlineSeconds", 1)));
    }

    private boolean patch(String namespace, String name, Map<String, Object> change) {
        try {
            return patiently(() -> {
                patches.job(namespace, name, change);
                return true;
            });
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** Removes the Secrets whose Job was never made, an hour later; without reading any. */
    void sweep(String namespace, Map<String, String> selector, Instant now) {
        client.secrets()
                .inNamespace(namespace)
                .withLabels(selector)
                .withLabel(Marks.OWNED, "no")
                .withLabelNotIn(Marks.HOUR, PodManifest.hour(now), PodManifest.hour(now.minus(Duration.ofHours(1))))
                .delete();
    }

    private <T> T patiently(Supplier<T> request) {
        Instant end = clock.instant().plus(patience);
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return request.get();
            } catch (KubernetesClientException e) {
                if (!isAway(e) || clock.instant().plus(pause).isAfter(end)) {
                    throw e;
                }
                LOG.warnf("the Kubernetes API does not answer, it is asked again: %s", e.getMessage());
            }
            rest(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Whether asking again may help. */
    static boolean isAway(KubernetesClientException e) {
        return e.getCode() < HttpURLConnection.HTTP_BAD_REQUEST
                || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                || e.getCode() == TOO_MANY;
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the Kubernetes API", e);
        }
    }
}
