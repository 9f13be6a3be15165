package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.PrivateAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The door to the APIs of hosts: JSON there and back, bounded in time and size, and never into a private network unless that is allowed. A host
 * that wants to be left alone is.
 */
@ApplicationScoped
public class HostCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final int MOST_BYTES = 8_000_000;
    private static final int MOST_HOPS = 3;
    private static final int MOST_RESTS = 1_000;
    /** What hosts answer who want to be left alone. */
    private static final Set<Integer> TOO_MUCH = Set.of(403, 429, 503);
    /** Elsewhere under the same method, as they answer of what was renamed. */
    private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

    private final VcsConfig config;
    private final InstantSource clock;
    private final HttpClient client;
    private final Map<Asker, Rest> rests = new ConcurrentHashMap<>();

    HostCalls(VcsConfig config, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** A limit of calls is one of a host for one token, whatever is asked. */
    private record Asker(String host, String authorization) {
        @Override
        public String toString() {
            return host;
        }
    }

    /** @param status by which it was asked for */
    private record Rest(int status, Instant until) {}

    /** @param base of the API, for example {@code https://api.github.com} */
    public HostApi api(URI base, String authorization) {
        return new HostApi(this, base, authorization);
    }

    JsonNode send(String method, URI address, String authorization, Optional<Map<String, Object>> body)
            throws HostRefused {
        requireRested(address, authorization);
        try {
            return ask(method, address, authorization, body, MOST_HOPS);
        } catch (UnknownHostException e) {
            throw new HostRefused(0, "the name " + address.getHost() + " is not known", Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            throw new HostRefused(0, address.getHost() + " cannot be reached", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostRefused(0, "this service is stopping", Optional.empty());
        }
    }

    /** @param hops that are followed to another name of the same thing at the same host, and never with the token to another */
    private JsonNode ask(String method, URI address, String authorization, Optional<Map<String, Object>> body, int hops)
            throws IOException, InterruptedException, HostRefused {
        requirePublic(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("User-Agent", "terrafleet")
                .method(
                        method,
                        body.map(json -> HttpRequest.BodyPublishers.ofByteArray(Json.write(json)))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
        Optional<URI> moved = hops > 0 ? moved(address, answer) : Optional.empty();
        try (InputStream content = answer.body()) {
            if (moved.isEmpty()) {
                Answer whole = new Answer(answer.statusCode(), answer.headers(), content.readNBytes(MOST_BYTES + 1));
                return read(method, address, authorization, whole);
            }
        }
        return ask(method, moved.get(), authorization, body, hops - 1);
    }

    private static Optional<URI> moved(URI address, HttpResponse<InputStream> answer) {
        return Optional.of(answer.statusCode())
                .filter(MOVED::contains)
                .flatMap(status -> answer.headers().firstValue("Location"))
                .map(address::resolve)
                .filter(there -> String.valueOf(there.getScheme()).equals(address.getScheme())
                        && String.valueOf(there.getRawAuthority()).equals(address.getRawAuthority()));
    }

    /** Who was asked to leave a host alone does, with whatever else there is to ask there. */
    private void requireRested(URI address, String authorization) throws HostRefused {
        Instant now = clock.instant();
        Rest rest = rests.get(new Asker(address.getRawAuthority(), authorization));
        if (rest != null && now.isBefore(rest.until())) {
            Duration left = Duration.between(now, rest.until());
            throw new HostRefused(
                    429,
                    address.getHost() + ": it answered " + rest.status() + " before and wants to be left alone for "
                            + left.plusMillis(999).toSeconds() + " s more",
                    Optional.of(left));
        }
    }

    private void rest(URI address, String authorization, int status, Duration rest) {
        Instant now = clock.instant();
        if (rests.size() >= MOST_RESTS) {
            rests.values().removeIf(known -> !now.isBefore(known.until()));
        }
        if (rests.size() < MOST_RESTS) {
            rests.put(new Asker(address.getRawAuthority(), authorization), new Rest(status, now.plus(rest)));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, HttpHeaders headers, byte[] content) {}

    private JsonNode read(String method, URI address, String authorization, Answer answer)
            throws HostRefused, IOException {
        byte[] content = answer.content();
        if (content.length > MOST_BYTES) {
            throw new HostRefused(0, address.getHost() + " answered with more than is read", Optional.empty());
        }
        int status = answer.status();
        if (status < 200 || status > 299) {
            Optional<Duration> rest = rest(answer.headers());
            rest.filter(wish -> TOO_MUCH.contains(status))
                    .ifPresent(wish -> rest(address, authorization, status, wish));
            throw new HostRefused(
                    status,
                    method + " " + address.getPath() + " at " + address.getHost() + ": it answered " + status,
                    rest);
        }
        JsonNode json = content.length == 0 ? null : Json.mapper().readTree(content);
        return json == null ? Json.mapper().missingNode() : json;
    }

    /** {@code Retry-After} in seconds; or the moment at which a limit of calls is lifted, in seconds since 1970. */
    private Optional<Duration> rest(HttpHeaders headers) {
        Optional<Duration> asked = headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        boolean spent =
                headers.firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent();
        Optional<Duration> lifted = headers.firstValue("X-RateLimit-Reset")
                .filter(text -> spent && text.matches("[0-9]{1,12}"))
                .map(text -> Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(text))));
        return asked.or(() -> lifted)
                .filter(Duration::isPositive)
                .map(rest -> rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }

    private void requirePublic(URI address) throws UnknownHostException, HostRefused {
        if (config.allowPrivateAddresses()) {
            return;
        }
        for (InetAddress found :
                InetAddress.getAllByName(String.valueOf(address.getHost()).replaceAll("^\\[|]$", ""))) {
            if (PrivateAddresses.isPrivate(found)) {
                throw new HostRefused(
                        0, "the address of " + address.getHost() + " is not on the public internet", Optional.empty());
            }
        }
    }
}
