package io.terrafleet.worker.job;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.event.WorkerEvent.JobWaiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Says on {@code terrafleet.worker-events} what a runner cannot say itself. An event's id derives from what it says, so saying it
 * again is seen as the same event.
 */
public final class JobReporter {
    private static final Logger LOG = Logger.getLogger(JobReporter.class);

    private final Emitter<byte[]> events;
    private final InstantSource clock;
    private final String worker;
    private final Duration heldBack;
    private final Map<JobId, Untold> untold = new ConcurrentHashMap<>();

    private record Untold(WorkerEvent event, String what) {}

    /**
     * @param worker name of this worker
     * @param heldBack why a job waits is told when it still waits after this; the latest word counts
     */
    public JobReporter(Emitter<byte[]> events, InstantSource clock, String worker, Duration heldBack) {
        this.events = events;
        this.clock = clock;
        this.worker = worker;
        this.heldBack = heldBack;
    }

    /** @param place for people: where the runner is */
    public void launched(JobId job, String place) {
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
            say(event, what, () -> {});
        } else if (untold.put(event.job(), new Untold(event, what)) == null) {
            CompletableFuture.delayedExecutor(heldBack.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> tell(event.job()));
        }
    }

    private void tell(JobId job) {
        Untold latest = untold.remove(job);
        if (latest != null) {
            say(latest.event(), latest.what(), () -> {});
        }
    }

    /** @param acknowledged called when the broker has it */
    public void lost(JobId job, String reason, String message, boolean permanent, Runnable acknowledged) {
        over(job);
        LOG.warnf("job %s: lost (%s): %s", job, reason, message);
        say(new JobLost(job, worker, reason, message, permanent, clock.instant()), "lost " + reason, acknowledged);
    }

    private void say(WorkerEvent event, String what, Runnable acknowledged) {
        Message<byte[]> message = Message.of(
                FactCodec.write(event),
                Metadata.of(metadata(event, what)),
                () -> {
                    acknowledged.run();
                    return CompletableFuture.completedFuture(null);
                },
                failure -> {
                    LOG.warnf(failure, "job %s: the event %s did not reach the broker", event.job(), what);
                    return CompletableFuture.completedFuture(null);
                });
        try {
            events.send(message);
        } catch (IllegalStateException closed) {
            LOG.warnf(closed, "job %s: the event %s cannot be sent", event.job(), what);
        }
    }

    private OutgoingKafkaRecordMetadata<String> metadata(WorkerEvent event, String what) {
        String id = UUID.nameUUIDFromBytes((event.job() + "\n" + worker + "\n" + what).getBytes(StandardCharsets.UTF_8))
                .toString();
        RecordHeaders headers = new RecordHeaders();
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_source",
                        "/terrafleet/worker/" + worker,
                        "ce_type",
                        FactCodec.typeOf(event.getClass()),
                        "ce_time",
                        clock.instant().toString(),
                        "ce_subject",
                        event.run().value(),
                        "content-type",
                        "application/json")
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(event.run().value())
                .withHeaders(headers)
                .build();
    }
}
