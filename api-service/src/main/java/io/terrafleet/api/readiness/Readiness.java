package io.terrafleet.api.readiness;

import io.quarkus.runtime.StartupEvent;
import io.terrafleet.api.access.AccessConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Looks at the installation before anybody can reach it, and does not start one that others could open. */
@ApplicationScoped
class Readiness {
    private static final Logger LOG = Logger.getLogger(Readiness.class);
    private static final List<String> PRIVATE = List.of(
            "terrafleet.notification.allow-private-addresses",
            "terrafleet.outbound.allow-private-addresses",
            "terrafleet.vcs.allow-private-addresses");

    void look(
            @Observes @Priority(100) StartupEvent started,
            ReadinessConfig readiness,
            AccessConfig access,
            Config config) {
        Map<String, Boolean> addresses = new LinkedHashMap<>();
        PRIVATE.forEach(key ->
                addresses.put(key, config.getOptionalValue(key, Boolean.class).orElse(false)));
        Installation installation = new Installation(
                config.getValue("terrafleet.public-url", URI.class),
                config.getValue("terrafleet.internal.key", String.class),
                access.adminToken(),
                config.getValue("quarkus.datasource.api.jdbc.url", String.class),
                config.getOptionalValue("quarkus.datasource.api.password", String.class)
                        .orElse(""),
                addresses);
        installation.doubts().forEach(LOG::warn);
        List<String> objections = installation.objections();
        if (!objections.isEmpty() && !readiness.allowInsecure()) {
            throw new IllegalStateException("This installation is not started: " + String.join(" ", objections)
                    + " (terrafleet.readiness.allow-insecure=true starts it all the same.)");
        }
        objections.forEach(LOG::warn);
    }
}
