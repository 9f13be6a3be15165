package io.terrafleet.api;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.telemetry.TraceConfig;
import io.terrafleet.telemetry.Traces;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one place of this service that reads the wall clock or makes randomness. Instants are cut to milliseconds. */
@ApplicationScoped
public class Wiring {
    /** A drill may set the clock wrong (docs/soak.md). */
    private static final Clock CLOCK = Clock.offset(
            Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)),
            Duration.parse(System.getProperty("terrafleet.clock.offset", "PT0S")));

    @Produces
    @Singleton
    @Identifier("api")
    InstantSource clock() {
        return CLOCK;
    }

    @Produces
    @Singleton
    @Identifier("api")
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    @Identifier("api")
    InternalKey internalKey(@ConfigProperty(name = "terrafleet.internal.key") String key) {
        return new InternalKey(key);
    }

    @Produces
    @Singleton
    @Identifier("api")
    Messaging messaging(
            @DataSource("api") AgroalDataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Identifier("api") Traces traces) {
        return new Messaging("api", dataSource, kafka, CLOCK, UUID::randomUUID, traces);
    }

    @Produces
    @Singleton
    @Identifier("api")
    Traces traces(TraceConfig config) {
        return Traces.of("api-service", config.endpoint(), config.headers(), CLOCK);
    }

    void close(@Disposes @Identifier("api") Traces traces) {
        traces.close();
    }

    void start(
            @Observes @Priority(10_000) StartupEvent started,
            @Identifier("api") Messaging messaging,
            MeterRegistry meters) {
        messaging.start();
        messaging.show(meters);
    }

    void stop(@Observes ShutdownEvent stopping, Scheduler scheduler, @Identifier("api") Messaging messaging) {
        // Else it goes on for seconds, without a database.
        scheduler.pause();
        messaging.close();
    }
}
