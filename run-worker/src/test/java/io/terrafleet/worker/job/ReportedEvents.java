package io.terrafleet.worker.job;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.WorkerEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A channel that remembers what was said on it, and acknowledges unless the broker is away. */
public final class ReportedEvents implements Emitter<byte[]> {
    private final List<WorkerEvent> events = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private boolean away;

    public synchronized void brokerAway(boolean now) {
        away = now;
    }

    /** Events of a job, as they were said. */
    public synchronized <E extends WorkerEvent> List<E> of(JobId job, Class<E> type) {
        return events.stream()
                .filter(event -> event.job().equals(job))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    @Override
    public <M extends Message<? extends byte[]>> void send(M message) {
        OutgoingKafkaRecordMetadata<?> metadata =
                message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        String type = header(metadata, "ce_type");
        synchronized (this) {
            events.add((WorkerEvent) FactCodec.read(type, message.getPayload()).orElseThrow());
            ids.add(header(metadata, "ce_id"));
        }
        CompletableFuture<?> told =
                (away ? message.nack(new IllegalStateException("away")) : message.ack()).toCompletableFuture();
        told.join();
    }

    private static String header(OutgoingKafkaRecordMetadata<?> metadata, String name) {
        return new String(metadata.getHeaders().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<Void> send(byte[] payload) {
        throw new UnsupportedOperationException("events have headers");
    }

    @Override
    public void complete() {}

    @Override
    public void error(Exception failure) {}

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean hasRequests() {
        return true;
    }
}
