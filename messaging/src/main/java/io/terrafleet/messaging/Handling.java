package io.terrafleet.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.terrafleet.messaging.trace.Span;
import io.terrafleet.messaging.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Tells how long records lay on their topic, and shows their handling to whoever follows a run. */
final class Handling {
    private final Tracer tracer;
    private volatile @Nullable MeterRegistry meters;
    private String service = "";

    Handling(Tracer tracer) {
        this.tracer = tracer;
    }

    void show(MeterRegistry registry, String name) {
        service = name;
        meters = registry;
    }

    Instant begin(ConsumerRecord<String, byte[]> record) {
        Instant now = tracer.now();
        MeterRegistry registry = meters;
        if (registry != null) {
            long lay = Math.max(0, now.toEpochMilli() - record.timestamp());
            registry.timer("terrafleet.delivery.lag", "service", service, "topic", record.topic())
                    .record(Duration.ofMillis(lay));
        }
        return now;
    }

    void done(ConsumerRecord<String, byte[]> record, Envelope<?> envelope, Instant begin) {
        if (!tracer.isOn()) {
            return;
        }
        Map<String, String> attributes = Map.of(
                "messaging.system", "kafka",
                "messaging.destination.name", record.topic(),
                "messaging.message.id", envelope.id(),
                "messaging.kafka.offset", Long.toString(record.offset()));
        String what = envelope.fact().getClass().getSimpleName();
        tracer.tell(
                envelope.fact().key(), Span.consumed("take " + what, begin, tracer.now(), attributes), envelope.id());
    }
}
