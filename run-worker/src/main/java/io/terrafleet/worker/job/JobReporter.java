package io.terrafleet.worker.job;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.event.WorkerEvent.JobWaiting;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

    /** @param worker name of this worker */
    public JobReporter(Emitter<byte[]> events, InstantSource clock, String worker) {
        this.events = events;
        this.clock = clock;
        this.worker = worker;
    }

    /** @param place for people: where the runner is */
    public void launched(JobId job, String place) {
        say(new JobLaunched(job, worker, place, clock.instant()), "launched " + place, () -> {});
    }

    public void waiting(JobId job, String reason) {
        say(new JobWaiting(job, worker, reason, clock.instant()), "waiting " + reason, () -> {});
    }

    /** @param acknowledged called when the broker has it */
    public void lost(JobId job, String reason, String message, boolean permanent, Runnable acknowledged) {
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
