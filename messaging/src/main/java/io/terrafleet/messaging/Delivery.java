package io.terrafleet.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.FactCodec.UnreadableFact;
import io.terrafleet.telemetry.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands a Kafka record to a door. A failure is tried again a few times; then the record goes to {@code TOPIC.dead} and the
 * service is told, so that nobody waits for it in vain. While the database is away, or the handler says {@link TryLater}, the
 * record is held and nothing is given up. The caller acknowledges after the return.
 */
public final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Traces traces;
    private final Lag lag;
    private final AtomicLong buried = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);

    Delivery(Outbox outbox, Traces traces, InstantSource clock) {
        this.outbox = outbox;
        this.traces = traces;
        this.lag = new Lag(clock);
    }

    void show(MeterRegistry meters, String service) {
        lag.show(meters, service);
    }

    /** How many records were given up since the start. */
    long buried() {
        return buried.get();
    }

    void close() {
        open.set(false);
    }

    /**
     * @param facts the topic's sealed interface; a fact of another kind is a poison record
     * @param handler the door: takes the event in one transaction; may be called again for the same event
     * @param givenUp called inside the transaction that writes the dead letter, when the fact could at least be read
     */
    public <F extends Fact> void deliver(
            ConsumerRecord<String, byte[]> record,
            Class<F> facts,
            Consumer<Envelope<F>> handler,
            Consumer<Envelope<F>> givenUp) {
        Envelope<F> envelope;
        try {
            Optional<Envelope<F>> read = read(record, facts);
            if (read.isEmpty()) {
                LOG.debugf(
                        "topic %s: skipped an event of unknown type %s", record.topic(), header(record, Envelope.TYPE));
                return;
            }
            envelope = read.get();
        } catch (UnreadableFact e) {
            bury(record, null, e, ignored -> {});
            return;
        }
        try (Handling handling = Handling.begin(traces, record, envelope)) {
            handle(record, envelope, handler, givenUp, handling);
        }
    }

    private <F extends Fact> void handle(
            ConsumerRecord<String, byte[]> record,
            Envelope<F> envelope,
            Consumer<Envelope<F>> handler,
            Consumer<Envelope<F>> givenUp,
            Handling handling) {
        lag.takenUp(record);
        Tries tries = new Tries();
        for (int pause = 0; ; pause++) {
            try {
                handler.accept(envelope);
                return;
            } catch (TryLater e) {
                LOG.warnf(
                        "event %s of %s waits: %s",
                        envelope.id(), envelope.fact().key(), e.getMessage());
            } catch (StackOverflowError | OutOfMemoryError e) {
                handling.failed(e);
                bury(
                        record,
                        envelope,
                        new IllegalStateException("too large or too deep to be taken: " + e, e),
                        givenUp);
                return;
            } catch (RuntimeException e) {
                if (!tries.failed(e, outbox::isAway)) {
                    LOG.warnf(
                            e,
                            "event %s of %s waits for the database",
                            envelope.id(),
                            envelope.fact().key());
                } else if (tries.areSpent()) {
                    handling.failed(e);
                    bury(record, envelope, e, givenUp);
                    return;
                } else {
                    LOG.warnf(
                            e,
                            "event %s of %s failed, try %d",
                            envelope.id(),
                            envelope.fact().key(),
                            tries.count());
                }
            }
            rest(pause);
        }
    }

    /** Writes the dead letter; while the database is away it waits, for then the database was the trouble. */
    private <F extends Fact> void bury(
            ConsumerRecord<String, byte[]> record,
            @Nullable Envelope<F> envelope,
            RuntimeException why,
            Consumer<Envelope<F>> givenUp) {
        LOG.errorf(why, "topic %s, offset %d: given up", record.topic(), record.offset());
        for (int pause = 0; ; pause++) {
            try {
                QuarkusTransaction.requiringNew().run(() -> {
                    outbox.addDead(
                            record.topic() + ".dead",
                            Objects.requireNonNullElse(record.key(), ""),
                            Objects.requireNonNullElse(header(record, Envelope.TYPE), "unknown"),
                            Objects.requireNonNullElse(record.value(), new byte[0]),
                            why.getClass().getSimpleName() + ": " + why.getMessage());
                    if (envelope != null) {
                        givenUp.accept(envelope);
                    }
                });
                buried.incrementAndGet();
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "topic %s, offset %d: cannot write the dead letter yet", record.topic(), record.offset());
                rest(pause);
            }
        }
    }

    private void rest(int pause) {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(pause, 6));
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the record will be delivered again", e);
        }
        if (!open.get()) {
            throw new IllegalStateException("the service is stopping; the record will be delivered again");
        }
    }

    private static <F extends Fact> Optional<Envelope<F>> read(ConsumerRecord<String, byte[]> record, Class<F> facts) {
        String type = header(record, Envelope.TYPE);
        String id = header(record, Envelope.ID);
        if (type == null || id == null || id.length() > 200 || record.value() == null) {
            throw new UnreadableFact("a record of " + record.topic()
                    + " needs the headers ce_id (at most 200 characters) and ce_type, and a value");
        }
        Optional<Fact> fact = FactCodec.read(type, record.value());
        if (fact.isPresent() && !facts.isInstance(fact.get())) {
            throw new UnreadableFact(type + " does not belong on " + record.topic());
        }
        String source = Objects.requireNonNullElse(header(record, Envelope.SOURCE), "unknown");
        return fact.map(found -> new Envelope<>(id, type, source, facts.cast(found)));
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
