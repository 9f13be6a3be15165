package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.terrafleet.contracts.Json;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.pod.Diagnosis.Lost;
import io.terrafleet.worker.pod.Diagnosis.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Looks at jobs and tells what is the matter with them. Before something is told it is written on the Kubernetes Job, against the version
 * that was seen: of several workers one tells it. A loss is told again until the broker has it, by another worker if need be. Works on
 * one thread.
 */
final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration POD_AT_ONCE = Duration.ofSeconds(2);
    private static final Duration NOTE_AGAIN = Duration.ofSeconds(5);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Cluster cluster;
    private final Grievances grievances;
    private final PodTimes times;
    private final JobReporter reporter;
    private final String worker;
    private final InstantSource clock;
    private final Executor thread;
    private final Map<Ledger.Key, Instant> telling = new HashMap<>();
    /** Jobs that were seen before their end, which is worth a line in the log. */
    private final Set<Ledger.Key> underWay = new HashSet<>();

    /** What was last written on each Job; what comes of it may not be here yet. */
    private final Map<Ledger.Key, Noted> noted = new HashMap<>();

    /** @param version of the Job that was written against */
    private record Noted(String version, Instant at) {}

    /** @param thread the one thread, for what follows an acknowledgement */
    Reconciler(
            Ledger ledger,
            Cluster cluster,
            Grievances grievances,
            PodTimes times,
            JobReporter reporter,
            String worker,
            InstantSource clock,
            Executor thread) {
        this.ledger = ledger;
        this.cluster = cluster;
        this.grievances = grievances;
        this.times = times;
        this.reporter = reporter;
        this.worker = worker;
        this.clock = clock;
        this.thread = thread;
    }

    void considerAll() {
        ledger.keys().forEach(this::consider);
    }

    void consider(Ledger.Key key) {
        Optional<Ledger.Entry> found = ledger.find(key);
        if (found.isEmpty()) {
            return;
        }
        try {
            consider(key, found.get());
        } catch (KubernetesClientException e) {
            LOG.warnf("%s/%s: looked at again later: %s", key.namespace(), key.name(), e.getMessage());
        }
    }

    /** Whoever asks for a job that was given up has not heard of it: the platform hears an agent only of what it gave to that one. */
    void askedAgain(Ledger.Key key) {
        ledger.find(key)
                .map(Ledger.Entry::job)
                .filter(job -> !Sight.annotation(job, Marks.TOLD).isEmpty())
                .ifPresent(job -> specOf(job).ifPresent(spec -> News.of(job)
                        .filter(News::lost)
                        .ifPresent(news ->
                                reporter.lost(spec.job(), news.word(), news.message(), news.permanent(), () -> {}))));
    }

    private void consider(Ledger.Key key, Ledger.Entry entry) {
        Optional<JobSpec> spec = specOf(entry.job());
        boolean told = !Sight.annotation(entry.job(), Marks.TOLD).isEmpty();
        if (spec.isEmpty() || told) {
            if (entry.gone()) {
                forget(key);
            }
            return;
        }
        switch (Diagnostician.of(sight(key, entry, spec.get()))) {
            case Diagnosis.Fine fine -> underWay.add(key);
            case Diagnosis.Over over -> {
                if (underWay.remove(key)) {
                    LOG.infof("job %s: %s", spec.get().job(), over.how());
                }
                if (entry.gone()) {
                    forget(key);
                }
            }
            case Waiting waiting -> {
                underWay.add(key);
                tell(key, entry.job(), spec.get(), waiting);
            }
            case Lost lost -> {
                if (entry.gone()) {
                    tellUnlessTelling(key, entry.job(), spec.get(), lost);
                } else {
                    tell(key, entry.job(), spec.get(), lost);
                }
            }
        }
    }

    private Sight sight(Ledger.Key key, Ledger.Entry entry, JobSpec spec) {
        Instant now = clock.instant();
        Sight sight = new Sight(
                spec, entry.job(), entry.gone(), entry.pods(), entry.gonePods(), Optional.empty(), times, now);
        boolean podIsMissing = entry.pods().isEmpty()
                && !entry.gone()
                && !Sight.finished(entry.job())
                && sight.age().compareTo(POD_AT_ONCE) > 0;
        return podIsMissing ? sight.with(grievances.of(key, now)) : sight;
    }

    private void tell(Ledger.Key key, Job job, JobSpec spec, Waiting waiting) {
        boolean known = News.of(job)
                .filter(news -> news.lost() || news.word().equals(waiting.word()))
                .isPresent();
        if (!known && note(key, job, news(waiting.word(), waiting.message(), false, false), false)) {
            reporter.waiting(spec.job(), waiting.message());
        }
    }

    private void tell(Ledger.Key key, Job job, JobSpec spec, Lost lost) {
        Optional<News> before = News.of(job).filter(News::lost);
        if (before.isPresent()) {
            News news = before.get();
            boolean abandoned = news.at().plus(TELL_AGAIN).isBefore(clock.instant());
            if (abandoned || news.by().equals(worker)) {
                tellUnlessTelling(key, job, spec, new Lost(news.word(), news.message(), news.permanent()));
            }
            return;
        }
        News news = news(lost.word(), lost.message(), true, lost.permanent());
        if (note(key, job, news, !Sight.finished(job))) {
            tellUnlessTelling(key, job, spec, lost);
        }
    }

    private News news(String word, String message, boolean lost, boolean permanent) {
        return new News(word, message, lost, permanent, worker, clock.instant());
    }

    /** @return whether it is ours to tell; otherwise what changed the Job will be seen soon */
    private boolean note(Ledger.Key key, Job job, News news, boolean end) {
        String version = job.getMetadata().getResourceVersion();
        Noted last = noted.get(key);
        boolean underWay = last != null
                && last.version().equals(version)
                && last.at().plus(NOTE_AGAIN).isAfter(clock.instant());
        if (underWay) {
            return false;
        }
        noted.put(key, new Noted(version, clock.instant()));
        return cluster.note(job, news, end);
    }

    private void tellUnlessTelling(Ledger.Key key, Job job, JobSpec spec, Lost lost) {
        Instant now = clock.instant();
        Instant since = telling.get(key);
        if (since != null && since.plus(TELL_AGAIN).isAfter(now)) {
            return;
        }
        telling.put(key, now);
        reporter.lost(
                spec.job(),
                lost.word(),
                lost.message(),
                lost.permanent(),
                () -> thread.execute(() -> acknowledged(key, job)));
    }

    private void acknowledged(Ledger.Key key, Job job) {
        if (ledger.find(key).map(Ledger.Entry::gone).orElse(true)) {
            forget(key);
            return;
        }
        try {
            cluster.told(job);
        } catch (KubernetesClientException e) {
            LOG.warnf("%s/%s: its loss is told again later: %s", key.namespace(), key.name(), e.getMessage());
        }
    }

    private void forget(Ledger.Key key) {
        ledger.forget(key);
        telling.remove(key);
        underWay.remove(key);
        noted.remove(key);
    }

    private static Optional<JobSpec> specOf(Job job) {
        try {
            return Optional.of(Json.mapper().readValue(Sight.annotation(job, Marks.SPEC), JobSpec.class));
        } catch (IOException | IllegalArgumentException e) {
            LOG.debugf(
                    "job %s: its annotation %s cannot be read: %s",
                    job.getMetadata().getName(), Marks.SPEC, e);
            return Optional.empty();
        }
    }
}
