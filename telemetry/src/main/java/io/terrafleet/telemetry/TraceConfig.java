package io.terrafleet.telemetry;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where spans of runs are sent; every service of an installation has the same. */
@ConfigMapping(prefix = "terrafleet.trace")
public interface TraceConfig {
    /**
     * Base address of an OpenTelemetry collector that takes OTLP over HTTP, for example {@code http://collector:4318}; without it there are
     * no traces and they cost nothing.
     */
    Optional<URI> endpoint();

    /** Secret. Headers that the collector wants with the spans, such as a key, {@code Name=value} each. */
    Optional<List<String>> headers();
}
