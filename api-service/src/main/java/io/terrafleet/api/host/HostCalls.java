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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The door to the APIs of hosts: JSON there and back, bounded in time and size, and never into a private network unless that is allowed. */
@ApplicationScoped
public class HostCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final int MOST_BYTES = 8_000_000;

    private final VcsConfig config;
    private final InstantSource clock;
    private final HttpClient client;

    HostCalls(VcsConfig config, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** @param base of the API, for example {@code https://api.github.com} */
    public HostApi api(URI base, String authorization) {
        return new HostApi(this, base, authorization);
    }

    JsonNode send(String method, URI address, String authorization, Optional<Map<String, Object>> body)
            throws HostRefused {
        try {
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
            try (InputStream content = answer.body()) {
                return read(method, address, answer, content.readNBytes(MOST_BYTES + 1));
            }
        } catch (UnknownHostException e) {
            throw new HostRefused(0, "the name " + address.getHost() + " is not known", Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            throw new HostRefused(0, address.getHost() + " cannot be reached", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostRefused(0, "this service is stopping", Optional.empty());
        }
    }

    private JsonNode read(String method, URI address, HttpResponse<InputStream> answer, byte[] content)
            throws HostRefused, IOException {
        if (content.length > MOST_BYTES) {
            throw new HostRefused(0, address.getHost() + " answered with more than is read", Optional.empty());
        }
        int status = answer.statusCode();
        if (status < 200 || status > 299) {
            throw new HostRefused(
                    status,
                    method + " " + address.getPath() + " at " + address.getHost() + ": it answered " + status,
                    rest(answer));
        }
        JsonNode json = content.length == 0 ? null : Json.mapper().readTree(content);
        return json == null ? Json.mapper().missingNode() : json;
    }

    /** {@code Retry-After} in seconds; or the moment at which a limit of calls is lifted, in seconds since 1970. */
    private Optional<Duration> rest(HttpResponse<InputStream> answer) {
        Optional<Duration> asked = answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        boolean spent = answer.headers()
                .firstValue("X-RateLimit-Remaining")
                .filter("0"::equals)
                .isPresent();
        Optional<Duration> lifted = answer.headers()
                .firstValue("X-RateLimit-Reset")
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
