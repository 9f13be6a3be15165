package io.terrafleet.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** How long records lay on their topic until they were taken up. Told once the service has somewhere to tell it. */
final class Lag {
    private record Told(MeterRegistry meters, String service) {}

    private final InstantSource clock;
    private volatile @Nullable Told told;

    Lag(InstantSource clock) {
        this.clock = clock;
    }

    void show(MeterRegistry meters, String service) {
        told = new Told(meters, service);
    }

    void takenUp(ConsumerRecord<String, byte[]> record) {
        Told to = told;
        if (to != null) {
            long lay = Math.max(0, clock.millis() - record.timestamp());
            to.meters()
                    .timer("terrafleet.delivery.lag", "service", to.service(), "topic", record.topic())
                    .record(Duration.ofMillis(lay));
        }
    }
}
