package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Why the cluster makes no pod for a Job: its controller says that only in events. They are listed when a Job has had no pod for a while,
 * those of a whole namespace at once and not more often than every few seconds, however many Jobs wait.
 */
final class Grievances {
    private static final Logger LOG = Logger.getLogger(Grievances.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private record Listing(Instant at, Map<String, String> byJob) {}

    private final KubernetesClient client;
    private final Map<String, Listing> listings = new HashMap<>();

    Grievances(KubernetesClient client) {
        this.client = client;
    }

    /** What the Job's controller complained of last. */
    Optional<String> of(Ledger.Key key, Instant now) {
        Listing known = listings.get(key.namespace());
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = new Listing(now, list(key.namespace()));
            listings.put(key.namespace(), known);
        }
        return Optional.ofNullable(known.byJob().get(key.name()));
    }

    private Map<String, String> list(String namespace) {
        Map<String, String> byJob = new HashMap<>();
        try {
            for (Event event : client.v1()
                    .events()
                    .inNamespace(namespace)
                    .withField("reason", "FailedCreate")
                    .list()
                    .getItems()) {
                boolean ofJob = event.getInvolvedObject() != null
                        && "Job".equals(event.getInvolvedObject().getKind())
                        && "FailedCreate".equals(event.getReason());
                if (ofJob) {
                    byJob.put(event.getInvolvedObject().getName(), String.valueOf(event.getMessage()));
                }
            }
        } catch (KubernetesClientException e) {
            LOG.warnf("the events of namespace %s cannot be listed: %s", namespace, e.getMessage());
        }
        return byJob;
    }
}
