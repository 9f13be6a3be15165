package io.terrafleet.telemetry;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service tells what it did for a run. Without a collector's address nothing happens, and no class of OpenTelemetry is loaded.
 * Nobody ever waits for the collector: what it does not take in time is dropped.
 */
public final class Traces implements AutoCloseable {
    private final String service;
    private final InstantSource clock;
    private final @Nullable Collector collector;

    private Traces(String service, @Nullable Collector collector, InstantSource clock) {
        this.service = service;
        this.collector = collector;
        this.clock = clock;
    }

    /**
     * @param service its name for people, for example {@code policy-service}
     * @throws IllegalArgumentException when the endpoint is not the base address of a collector
     */
    public static Traces of(String service, Optional<URI> endpoint, InstantSource clock) {
        Collector collector =
                endpoint.map(base -> Collector.at(checked(base), service)).orElse(null);
        return new Traces(service, collector, clock);
    }

    private static URI checked(URI base) {
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!http || base.getHost() == null || base.getUserInfo() != null || base.getQuery() != null) {
            throw new IllegalArgumentException(
                    "terrafleet.trace.endpoint must be the base address of a collector that takes"
                            + " OTLP over HTTP, such as http://collector:4318, without credentials or a query");
        }
        return base;
    }

    /** Whether anybody listens; what is only made to be told need not be made otherwise. */
    public boolean isOn() {
        return collector != null;
    }

    public String service() {
        return service;
    }

    public InstantSource clock() {
        return clock;
    }

    public void tell(Stretch stretch) {
        if (collector != null) {
            collector.tell(stretch);
        }
    }

    /** What waits is still sent, for a moment. */
    @Override
    public void close() {
        if (collector != null) {
            collector.close();
        }
    }
}
