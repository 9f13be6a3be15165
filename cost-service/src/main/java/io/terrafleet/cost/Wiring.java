package io.terrafleet.cost;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.cost.decision.DecisionStore;
import io.terrafleet.cost.decision.Decisions;
import io.terrafleet.cost.download.Downloads;
import io.terrafleet.cost.history.CostHistory;
import io.terrafleet.cost.history.HistoryStore;
import io.terrafleet.cost.offer.PriceFiles;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.pricelist.PriceListStore;
import io.terrafleet.cost.pricelist.PriceLists;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.telemetry.TraceConfig;
import io.terrafleet.telemetry.Traces;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one place of this service that reads the wall clock or makes randomness. Instants are cut to milliseconds. */
@ApplicationScoped
public class Wiring {
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));

    @Produces
    @Singleton
    @Identifier("cost")
    Messaging messaging(
            @DataSource("cost") AgroalDataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Identifier("cost") Traces traces) {
        return new Messaging("cost", dataSource, kafka, CLOCK, UUID::randomUUID, traces);
    }

    @Produces
    @Singleton
    @Identifier("cost")
    Traces traces(TraceConfig config) {
        return Traces.of("cost-service", config.endpoint(), config.headers(), CLOCK);
    }

    void close(@Disposes @Identifier("cost") Traces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    @Identifier("cost")
    PriceBook priceBook(CostConfig config) {
        return config.pricesDirectory()
                .map(directory -> new PriceFiles(directory).book())
                .orElseGet(PriceBook::shipped);
    }

    @Produces
    @Singleton
    @Identifier("cost")
    Downloads downloads(CostConfig config, @ConfigProperty(name = "terrafleet.internal.key") String key) {
        return new Downloads(config.apiUrl(), new InternalKey(key), CLOCK, config.downloadPatience());
    }

    void close(@Disposes @Identifier("cost") Downloads download) {
        download.close();
    }

    @Produces
    @Singleton
    @Identifier("cost")
    PriceLists priceLists(
            @Identifier("cost") PriceBook base,
            @Identifier("cost") Downloads downloads,
            @Identifier("cost") Messaging messaging,
            @DataSource("cost") AgroalDataSource dataSource) {
        return new PriceLists(base, new PriceListStore(dataSource), downloads, messaging, CLOCK);
    }

    @Produces
    @Singleton
    @Identifier("cost")
    Decisions decisions(
            @Identifier("cost") Downloads downloads,
            @Identifier("cost") PriceLists prices,
            @Identifier("cost") CostHistory history,
            @Identifier("cost") Messaging messaging,
            @DataSource("cost") AgroalDataSource dataSource,
            MeterRegistry metrics) {
        long most = PlanDocument.mostFor(Runtime.getRuntime().maxMemory());
        return new Decisions(
                downloads, prices, new DecisionStore(dataSource), history, messaging, CLOCK, metrics, most);
    }

    @Produces
    @Singleton
    @Identifier("cost")
    CostHistory costHistory(
            @Identifier("cost") Messaging messaging,
            @DataSource("cost") AgroalDataSource dataSource,
            MeterRegistry metrics) {
        return new CostHistory(new HistoryStore(dataSource), messaging, metrics, CLOCK);
    }

    void start(
            @Observes @Priority(10_000) StartupEvent started,
            @Identifier("cost") Messaging messaging,
            @Identifier("cost") CostHistory history,
            MeterRegistry meters) {
        messaging.start();
        messaging.show(meters);
        history.show();
    }

    void stop(@Observes ShutdownEvent stopping, @Identifier("cost") Messaging messaging) {
        messaging.close();
    }
}
