package io.terrafleet.worker.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.event.WorkerEvent.JobWaiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/** Says what a runner cannot say itself. */
public final class JobReporter {
    private static final Logger LOG = Logger.getLogger(JobReporter.class);

    private final Voice voice;
    private final InstantSource clock;
    private final String worker;
    private final Duration heldBack;
    private final Map<JobId, Untold> untold = new ConcurrentHashMap<>();

    private record Untold(WorkerEvent event, String what) {}

    /** Speaks on {@code terrafleet.worker-events}, and counts what it says. */
    public static JobReporter counted(
            Emitter<byte[]> events, InstantSource clock, String worker, Duration heldBack, MeterRegistry meters) {
        return new JobReporter(
                new CountedVoice(new TopicVoice(events, clock, worker), meters), clock, worker, heldBack);
    }

    /** Speaks on {@code terrafleet.worker-events}. */
    public JobReporter(Emitter<byte[]> events, InstantSource clock, String worker, Duration heldBack) {
        this(new TopicVoice(events, clock, worker), clock, worker, heldBack);
    }

    /**
     * @param worker name of this worker
     * @param heldBack why a job waits is told when it still waits after this; the latest word counts
     */
    public JobReporter(Voice voice, InstantSource clock, String worker, Duration heldBack) {
        this.voice = voice;
        this.clock = clock;
        this.worker = worker;
        this.heldBack = heldBack;
    }

    /** @param place for people: where the runner is */
    public void launched(JobId job, String place) {
        voice.launched();
        tellLater(new JobLaunched(job, worker, place, clock.instant()), "launched " + place);
    }

    public void waiting(JobId job, String reason) {
        tellLater(new JobWaiting(job, worker, reason, clock.instant()), "waiting " + reason);
    }

    /** Nobody waits for it any more: what was held back is not worth telling. */
    public void over(JobId job) {
        untold.remove(job);
    }

    private void tellLater(WorkerEvent event, String what) {
        if (heldBack.isZero()) {
            voice.say(event, what, () -> {});
        } else if (untold.put(event.job(), new Untold(event, what)) == null) {
            CompletableFuture.delayedExecutor(heldBack.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> tell(event.job()));
        }
    }

    private void tell(JobId job) {
        Untold latest = untold.remove(job);
        if (latest != null) {
            voice.say(latest.event(), latest.what(), () -> {});
        }
    }

    /** @param acknowledged called when the platform has it for certain */
    public void lost(JobId job, String reason, String message, boolean permanent, Runnable acknowledged) {
        over(job);
        LOG.warnf("job %s: lost (%s): %s", job, reason, message);
        voice.say(
                new JobLost(job, worker, reason, message, permanent, clock.instant()), "lost " + reason, acknowledged);
    }
}
