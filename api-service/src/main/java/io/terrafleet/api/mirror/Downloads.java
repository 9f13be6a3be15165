package io.terrafleet.api.mirror;

import io.terrafleet.api.outbound.OutboundConfig;
import io.terrafleet.contracts.PrivateAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads from a registry that the operator names, and from where that one points to: over https only (unless the registry itself is named by
 * http), and never in a private network unless the registry is there too or the operator allows it. Whole answers are waited for, not
 * only their beginning.
 */
final class Downloads implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_DOCUMENT = 16 << 20;

    private final HttpClient http;
    private final MirrorConfig config;
    private final OutboundConfig outbound;

    Downloads(MirrorConfig config, OutboundConfig outbound) {
        this.config = config;
        this.outbound = outbound;
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.answerWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Empty when there is nothing at that address (404, 410). */
    Optional<byte[]> read(URI address, URI registry) throws RegistryAway {
        HttpResponse<byte[]> answer = get(
                address,
                registry,
                config.answerWithin(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_DOCUMENT));
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body());
            case 404, 410 -> Optional.empty();
            default -> throw new RegistryAway(answer.uri().getHost() + " answers " + answer.statusCode());
        };
    }

    void download(URI address, URI registry, Path into) throws RegistryAway {
        HttpResponse<Path> answer = get(
                address,
                registry,
                config.downloadWithin(),
                BodyHandlers.limiting(
                        BodyHandlers.ofFile(
                                into,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        config.mostArchiveBytes()));
        if (answer.statusCode() != 200) {
            throw new RegistryAway(answer.uri().getHost() + " answers " + answer.statusCode() + " for an archive");
        }
    }

    private <T> HttpResponse<T> get(URI address, URI registry, Duration within, HttpResponse.BodyHandler<T> handler)
            throws RegistryAway {
        URI at = address;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            requireAllowed(at, registry);
            HttpResponse<T> answer = once(at, within, handler);
            Optional<String> elsewhere = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || elsewhere.isEmpty()) {
                return answer;
            }
            try {
                at = at.resolve(elsewhere.get());
            } catch (IllegalArgumentException e) {
                throw new RegistryAway(at.getHost() + " points to what is no address", e);
            }
        }
        throw new RegistryAway(address.getHost() + " points from one address to another without end");
    }

    private <T> HttpResponse<T> once(URI address, Duration within, HttpResponse.BodyHandler<T> handler)
            throws RegistryAway {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("User-Agent", "terrafleet")
                .timeout(within)
                .build();
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RegistryAway(address.getHost() + " cannot be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new RegistryAway(address.getHost() + " does not answer within " + within.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryAway("this service is stopping", e);
        }
    }

    private void requireAllowed(URI address, URI registry) throws RegistryAway {
        String host = address.getHost();
        boolean web = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && "http".equals(registry.getScheme()));
        if (!web || host == null) {
            throw new RegistryAway(registry + " points to an address that is not https");
        }
        if (host.equals(registry.getHost()) || outbound.allowPrivateAddresses()) {
            return;
        }
        try {
            for (InetAddress one : InetAddress.getAllByName(host)) {
                if (PrivateAddresses.isPrivate(one)) {
                    throw new RegistryAway(registry + " points into a private network, to " + host);
                }
            }
        } catch (UnknownHostException e) {
            throw new RegistryAway("the name " + host + " is not known", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
