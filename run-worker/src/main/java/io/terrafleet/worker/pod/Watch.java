package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Keeps the ledger of one namespace: by watching, and by listing now and then what there is, since a watch can fall silent without an
 * error. A watch that was found wrong twice is begun anew.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final int WRONG_TOO_OFTEN = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, String> selector;
    private final Ledger ledger;
    private final Consumer<Ledger.Key> changed;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private int wrong;

    /** @param changed is told a job whose objects changed */
    Watch(
            KubernetesClient client,
            String namespace,
            Map<String, String> selector,
            Ledger ledger,
            Consumer<Ledger.Key> changed) {
        this.client = client;
        this.namespace = namespace;
        this.selector = selector;
        this.ledger = ledger;
        this.changed = changed;
    }

    /** Returns at once; an API server that does not answer is asked until it does. */
    synchronized void start() {
        informers.add(begin(
                client.batch().v1().jobs().inNamespace(namespace).withLabels(selector),
                new Heard<Job>(ledger::saw, ledger::wentAway, job -> Optional.of(Ledger.Key.of(job)))));
        informers.add(begin(
                client.pods().inNamespace(namespace).withLabels(selector),
                new Heard<Pod>(ledger::saw, ledger::wentAway, Ledger::keyOf)));
    }

    private <T> SharedIndexInformer<T> begin(Informable<T> what, ResourceEventHandler<T> handler) {
        SharedIndexInformer<T> informer = what.runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            LOG.warnf("namespace %s: the watch failed and is begun again: %s", namespace, failure.getMessage());
            return true;
        });
        informer.addEventHandler(handler);
        var _ = informer.start();
        return informer;
    }

    /** Translates events of one kind. */
    private final class Heard<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final Consumer<T> saw;
        private final Consumer<T> wentAway;
        private final java.util.function.Function<T, Optional<Ledger.Key>> key;

        Heard(Consumer<T> saw, Consumer<T> wentAway, java.util.function.Function<T, Optional<Ledger.Key>> key) {
            this.saw = saw;
            this.wentAway = wentAway;
            this.key = key;
        }

        @Override
        public void onAdd(T object) {
            saw.accept(object);
            key.apply(object).ifPresent(changed);
        }

        @Override
        public void onUpdate(T before, T object) {
            onAdd(object);
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            wentAway.accept(object);
            key.apply(object).ifPresent(changed);
        }
    }

    /** Lists what there is and corrects the ledger. */
    synchronized void compare() {
        Map<Ledger.Key, String> before = ledger.versions(namespace);
        Map<String, Pod> podsBefore = ledger.podsIn(namespace);
        List<Job> jobs = client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabels(selector)
                .list()
                .getItems();
        List<Pod> pods =
                client.pods().inNamespace(namespace).withLabels(selector).list().getItems();
        boolean podsRight = correctPods(pods, podsBefore);
        boolean right = correctJobs(jobs, before) && podsRight;
        wrong = right ? 0 : wrong + 1;
        if (wrong >= WRONG_TOO_OFTEN) {
            LOG.warnf("namespace %s: the watch says less than there is, it is begun anew", namespace);
            wrong = 0;
            close();
            start();
        }
    }

    private boolean correctJobs(List<Job> listed, Map<Ledger.Key, String> before) {
        Map<Ledger.Key, String> missing = new HashMap<>(before);
        boolean right = true;
        for (Job job : listed) {
            Ledger.Key key = Ledger.Key.of(job);
            if (ledger.correct(job, before.get(key))) {
                right = false;
                changed.accept(key);
            }
            missing.remove(key);
        }
        for (Ledger.Key key : missing.keySet()) {
            right = false;
            ledger.job(key).ifPresent(ledger::wentAway);
            changed.accept(key);
        }
        return right;
    }

    private boolean correctPods(List<Pod> listed, Map<String, Pod> before) {
        Map<String, Pod> missing = new HashMap<>(before);
        boolean right = true;
        for (Pod pod : listed) {
            Pod known = missing.remove(pod.getMetadata().getName());
            boolean same = known != null
                    && known.getMetadata()
                            .getResourceVersion()
                            .equals(pod.getMetadata().getResourceVersion());
            if (!same) {
                right = false;
                ledger.saw(pod);
                Ledger.keyOf(pod).ifPresent(changed);
            }
        }
        for (Pod pod : missing.values()) {
            right = false;
            ledger.wentAway(pod);
            Ledger.keyOf(pod).ifPresent(changed);
        }
        return right;
    }

    @Override
    public synchronized void close() {
        informers.forEach(SharedIndexInformer::close);
        informers.clear();
    }
}
