package io.terrafleet.telemetry;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a service tells what it did for a run. Without a collector's address nothing happens, and no class of OpenTelemetry is loaded.
 * Nobody ever waits for the collector: what it does not take in time is dropped.
 */
public final class Traces implements AutoCloseable {
    /** A name as of RFC 9110, section 5.6.2; a value of visible characters and spaces between them. */
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})=([!-~](?:[ -~]{0,4000}[!-~])?)");

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
     * @param headers {@code Name=value} each, sent with all spans
     * @throws IllegalArgumentException when the endpoint is not the base address of a collector, or a header is none
     */
    public static Traces of(
            String service, Optional<URI> endpoint, Optional<List<String>> headers, InstantSource clock) {
        Map<String, String> named = named(headers.orElse(List.of()));
        Collector collector = endpoint.map(base -> Collector.at(checked(base), named, service))
                .orElse(null);
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

    /** What is wrong is told by its place: a value is nobody's business. */
    private static Map<String, String> named(List<String> headers) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            var form = HEADER.matcher(header);
            if (!form.matches()) {
                throw new IllegalArgumentException("terrafleet.trace.headers: entry " + (named.size() + 1)
                        + " is not Name=value, such as X-Api-Key=…, in visible ASCII characters");
            }
            named.put(form.group(1), form.group(2));
        }
        return named;
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
