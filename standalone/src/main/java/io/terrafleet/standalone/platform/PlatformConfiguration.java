package io.terrafleet.standalone.platform;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configuration keys that one start decides; everything else has its default in the service that reads it. */
final class PlatformConfiguration {
    private PlatformConfiguration() {}

    static Path log(DataDirectory data) {
        return data.resolve("log/platform.log");
    }

    static Map<String, String> of(
            PlatformSettings settings,
            DataDirectory data,
            Servers servers,
            URI local,
            Optional<Tls> tls,
            Optional<String> adminToken) {
        Map<String, String> keys = new TreeMap<>();
        keys.put("quarkus.http.host", settings.host());
        keys.put(tls.isPresent() ? "quarkus.http.ssl-port" : "quarkus.http.port", Integer.toString(local.getPort()));
        tls.map(Tls::keys).ifPresent(keys::putAll);
        tls.ifPresent(given -> keys.put(
                "terrafleet.worker.process.certificates",
                given.trustedCertificates().toString()));
        keys.put("quarkus.log.console.level", settings.consoleLog() ? "WARN" : "OFF");
        keys.put("quarkus.log.file.path", log(data).toString());
        keys.put("kafka.bootstrap.servers", servers.bootstrapServers());
        keys.put("platform.database.url", servers.postgres().jdbcUrl());
        keys.put("platform.database.username", servers.postgres().username());
        keys.put("platform.database.password", servers.postgres().password());
        keys.put("terrafleet.public-url", settings.reach().url().orElse(local).toString());
        keys.put("terrafleet.cost.api-url", local.toString());
        keys.put("terrafleet.cost.prices-directory", data.resolve("prices").toString());
        keys.put("terrafleet.policy.api-url", local.toString());
        keys.put("terrafleet.run.runner-api-url", local.toString());
        keys.put(
                "terrafleet.run.announce-again", Boolean.toString(servers.loss().isKnown()));
        keys.putAll(proxies(settings.reach()));
        keys.put("terrafleet.internal.key", data.internalKey());
        keys.put("terrafleet.secret.keyset-file", data.resolve("keyset.json").toString());
        keys.put("terrafleet.artifact.directory", data.resolve("artifacts").toString());
        keys.put("terrafleet.mirror.directory", data.resolve("mirror").toString());
        keys.put("terrafleet.worker.process.data", data.resolve("worker").toString());
        keys.put(
                "terrafleet.worker.process.runner-classpath",
                settings.root().resolve("runner/target/runtime").toString());
        adminToken.ifPresent(token -> keys.put("terrafleet.access.admin-token", token));
        keys.putAll(settings.extra());
        return keys;
    }

    /** Forwarded headers are believed only from proxies that are named: anybody can send them. */
    private static Map<String, String> proxies(Reach reach) {
        return reach.trustedProxies().isEmpty()
                ? Map.of()
                : Map.of(
                        "quarkus.http.proxy.proxy-address-forwarding", "true",
                        "quarkus.http.proxy.enable-forwarded-host", "true",
                        "quarkus.http.proxy.trusted-proxies", String.join(",", reach.trustedProxies()));
    }
}
