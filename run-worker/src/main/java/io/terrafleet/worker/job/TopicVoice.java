package io.terrafleet.worker.job;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.WorkerEvent;
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
 * Speaks on {@code terrafleet.worker-events}. An event's id derives from what it says, so saying it again is seen as the same event.
 *
 * @param worker name of this worker
 */
record TopicVoice(Emitter<byte[]> events, InstantSource clock, String worker) implements Voice {
    private static final Logger LOG = Logger.getLogger(TopicVoice.class);

    @Override
    public void say(WorkerEvent event, String what, Runnable heard) {
        Message<byte[]> message = Message.of(
                FactCodec.write(event),
                Metadata.of(metadata(event, what)),
                () -> {
                    heard.run();
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
