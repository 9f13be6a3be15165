package io.terrafleet.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.terrafleet.telemetry.Traces;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The four parts of one service's messaging, on that service's datasource. Made by the service's {@code Wiring}, started when the
 * service has started and closed before the datasource is:
 *
 * <pre>{@code
 * @Produces @Singleton @Identifier("policy")
 * Messaging messaging(@DataSource("policy") AgroalDataSource dataSource,
 *         @Identifier("default-kafka-broker") Map<String, Object> kafka,
 *         @Identifier("policy") Traces traces) {
 *     return new Messaging("policy", dataSource, kafka, clock, UUID::randomUUID, traces);
 * }
 * void start(@Observes StartupEvent started, @Identifier("policy") Messaging messaging, MeterRegistry meters) {
 *     messaging.start();
 *     messaging.show(meters);
 * }
 * void stop(@Observes ShutdownEvent stopping, @Identifier("policy") Messaging messaging) { messaging.close(); }
 * }</pre>
 */
public class Messaging implements AutoCloseable {
    private final String service;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Delivery delivery;
    private final OutboxRelay relay;

    /**
     * @param service names the relay's lock and the events' source: letters and dashes
     * @param kafka the client configuration, {@code bootstrap.servers} included
     * @param traces where the handling of what is said of runs is told
     */
    public Messaging(
            String service,
            DataSource dataSource,
            Map<String, Object> kafka,
            InstantSource clock,
            Supplier<UUID> ids,
            Traces traces) {
        this.service = service;
        this.outbox = new Outbox(service, dataSource, clock, ids);
        this.inbox = new Inbox(dataSource, clock);
        this.delivery = new Delivery(outbox, traces, clock);
        this.relay = new OutboxRelay(service, dataSource, kafka, inbox);
    }

    public void start() {
        relay.start();
    }

    /** Shows what waits for the broker, and what was given up. */
    public void show(MeterRegistry meters) {
        Gauge.builder("terrafleet.outbox.waiting", outbox::waiting)
                .description("Facts that wait for the broker")
                .tag("service", service)
                .register(meters);
        Gauge.builder("terrafleet.outbox.oldest.seconds", outbox::oldestSeconds)
                .description("How long the eldest fact waits for the broker")
                .tag("service", service)
                .register(meters);
        delivery.show(meters, service);
        FunctionCounter.builder("terrafleet.delivery.given.up", delivery, Delivery::buried)
                .description("Records that could not be handled and went to a dead-letter topic")
                .tag("service", service)
                .register(meters);
    }

    @Override
    public void close() {
        delivery.close();
        relay.close();
    }

    public Outbox outbox() {
        return outbox;
    }

    public Inbox inbox() {
        return inbox;
    }

    public Delivery delivery() {
        return delivery;
    }

    public OutboxRelay relay() {
        return relay;
    }
}
