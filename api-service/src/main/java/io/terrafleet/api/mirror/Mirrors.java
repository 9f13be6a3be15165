package io.terrafleet.api.mirror;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.outbound.OutboundConfig;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The door to the copies of public providers. Each is fetched once, however many ask; what came is checked against its publisher's checksum
 * before anybody gets it. While a registry is away, what is here is served, however old the list of versions is.
 */
@ApplicationScoped
public class Mirrors {
    private static final Logger LOG = Logger.getLogger(Mirrors.class);
    private static final int DOWNLOADS_AT_ONCE = 4;

    /** An archive that can be served. */
    public record Archive(Path file, String sha256) {}

    private final MirrorConfig config;
    private final Shelf shelf;
    private final Downloads downloads;
    private final Map<String, Registry> registries = new HashMap<>();
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Once<Optional<Listing>> listings = new Once<>();
    private final Once<Optional<Packages>> packages = new Once<>();
    private final Once<Path> archives = new Once<>();
    private final Semaphore turns = new Semaphore(DOWNLOADS_AT_ONCE, true);

    Mirrors(
            MirrorConfig config,
            OutboundConfig outbound,
            @Identifier("api") InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.shelf = new Shelf(config.directory(), config.mostBytes(), clock);
        this.downloads = new Downloads(config, outbound);
        config.providers().orElse(List.of()).forEach(ProviderAddress::requirePattern);
        for (String entry : config.registries()) {
            registries.put(entry.replaceFirst("=.*", ""), new Registry(base(entry), downloads));
        }
    }

    /** Wrong settings are found at the start, not by the first run. */
    void show(@Observes StartupEvent started) {
        if (config.enabled()) {
            Gauge.builder("terrafleet.mirror.bytes", this::bytes)
                    .description("Bytes that the copies of providers take")
                    .register(meters);
        }
    }

    private static URI base(String entry) {
        String address = entry.contains("=") ? entry.replaceFirst("[^=]*=", "") : "https://" + entry;
        try {
            URI base = new URI(address.endsWith("/") ? address : address + "/");
            if (base.getHost() != null && ("https".equals(base.getScheme()) || "http".equals(base.getScheme()))) {
                return base;
            }
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(unusable(entry), e);
        }
        throw new IllegalArgumentException(unusable(entry));
    }

    private static String unusable(String entry) {
        return "terrafleet.mirror.registries: \"" + entry + "\" is neither HOST nor HOST=URL, as"
                + " registry.terraform.io=https://registry.example.com is";
    }

    private double bytes() {
        try {
            return (double) shelf.bytes();
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("the copies of providers cannot be counted: %s", e.getMessage());
            return Double.NaN;
        }
    }

    /** What the protocol calls {@code index.json}: an empty object by the number of each version. */
    public Map<String, Object> versions(String host, String namespace, String type) {
        Map<String, Object> versions = new LinkedHashMap<>();
        listing(mirrored(host, namespace, type)).versions().keySet().forEach(number -> versions.put(number, Map.of()));
        return versions;
    }

    /**
     * What the protocol calls {@code VERSION.json}: by platform, where the archive is and by which hashes it is known. The hash of its content
     * ({@code h1:}) is known of archives that are here.
     */
    public Map<String, Object> archives(String host, String namespace, String type, String version) {
        ProviderAddress provider = mirrored(host, namespace, type);
        Map<String, Object> archives = new TreeMap<>();
        packages(provider, version).archives().forEach((platform, sha256) -> {
            List<String> hashes = new ArrayList<>();
            contentHash(sha256).ifPresent(hash -> hashes.add("h1:" + hash));
            hashes.add("zh:" + sha256);
            archives.put(platform, Map.of("url", version + "/" + platform + ".zip", "hashes", hashes));
        });
        return archives;
    }

    /** Fetches it first, when it is not here. */
    public Archive archive(String host, String namespace, String type, String version, String platform) {
        ProviderAddress provider = mirrored(host, namespace, type);
        String sha256 = packages(provider, version).archives().get(platform);
        if (sha256 == null) {
            throw Problem.notFound();
        }
        try {
            Optional<Path> here = shelf.archive(sha256);
            if (here.isPresent()) {
                count("cached");
                return new Archive(here.get(), sha256);
            }
            Path fetched = archives.get(sha256, () -> fetched(provider, version, platform, sha256));
            return new Archive(fetched, sha256);
        } catch (RegistryAway e) {
            throw away(provider, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fetched(ProviderAddress provider, String version, String platform, String sha256)
            throws RegistryAway, IOException, InterruptedException {
        turns.acquire();
        try {
            Path fresh = shelf.unfinished();
            try {
                registry(provider).fetch(provider, version, platform, fresh);
                return kept(provider, version, platform, sha256, fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } finally {
            turns.release();
        }
    }

    private Path kept(ProviderAddress provider, String version, String platform, String sha256, Path fresh)
            throws RegistryAway, IOException {
        String found = PackageHash.ofArchive(fresh);
        if (!found.equals(sha256)) {
            throw new RegistryAway("the archive of " + provider + " " + version + " for " + platform
                    + " has the SHA-256 " + found + "; its publisher says " + sha256);
        }
        Path kept = shelf.keep(fresh, sha256);
        LOG.infof("%s %s for %s: fetched, %d bytes", provider, version, platform, Files.size(kept));
        count("fetched");
        return kept;
    }

    private Listing listing(ProviderAddress provider) {
        Optional<Listing> found = remembered(
                "versions of " + provider,
                Listing.class,
                listings,
                () -> registry(provider).listing(provider),
                provider);
        return found.orElseThrow(Problem::notFound);
    }

    private Packages packages(ProviderAddress provider, String version) {
        List<String> platforms = listing(provider).versions().getOrDefault(version, List.of());
        if (platforms.isEmpty()) {
            throw Problem.notFound();
        }
        return remembered(
                        "archives of " + provider + " " + version,
                        Packages.class,
                        packages,
                        () -> Optional.of(registry(provider).packages(provider, version, platforms)),
                        provider)
                .orElseThrow(Problem::notFound);
    }

    /** What is known and young enough, otherwise what the registry says, otherwise what is known however old. */
    private <T> Optional<T> remembered(
            String name, Class<T> type, Once<Optional<T>> once, Callable<Optional<T>> ask, ProviderAddress provider) {
        Optional<Shelf.Document> known = document(name);
        boolean young = known.map(
                        document -> document.at().plus(config.believeFor()).isAfter(clock.instant()))
                .orElse(false);
        if (young) {
            return known.map(document -> read(document, type));
        }
        try {
            return once.get(name, () -> {
                Optional<T> answer = ask.call();
                if (answer.isPresent()) {
                    shelf.keep(name, Json.write(answer.get()));
                }
                return answer;
            });
        } catch (RegistryAway e) {
            if (known.isEmpty()) {
                throw away(provider, e);
            }
            LOG.warnf("%s: served as of %s: %s", name, known.get().at(), e.getMessage());
            count("stale");
            return known.map(document -> read(document, type));
        }
    }

    private Optional<Shelf.Document> document(String name) {
        try {
            return shelf.document(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(Shelf.Document document, Class<T> type) {
        try {
            return Json.mapper().readValue(document.content(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> contentHash(String sha256) {
        try {
            return shelf.contentHash(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Problem away(ProviderAddress provider, RegistryAway e) {
        LOG.warnf("%s: not here, and its registry is of no help: %s", provider, e.getMessage());
        count("failed");
        return Problem.of(
                502, "registry away", provider + " is not here, and its registry is of no help: " + e.getMessage());
    }

    private void count(String outcome) {
        meters.counter("terrafleet.mirror.requests", "outcome", outcome).increment();
    }

    private Registry registry(ProviderAddress provider) {
        return Objects.requireNonNull(registries.get(provider.host()));
    }

    /** What is not mirrored is not there: the mirror asks no host that somebody names. */
    private ProviderAddress mirrored(String host, String namespace, String type) {
        if (!config.enabled()) {
            throw Problem.notFound();
        }
        ProviderAddress provider = ProviderAddress.of(host, namespace, type).orElseThrow(Problem::notFound);
        boolean wanted = config.providers()
                .map(patterns -> patterns.stream().anyMatch(provider::fits))
                .orElse(true);
        if (!wanted || !registries.containsKey(host)) {
            throw Problem.notFound();
        }
        return provider;
    }

    @PreDestroy
    void close() {
        downloads.close();
    }
}
