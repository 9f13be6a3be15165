package io.terrafleet.api.oauth;

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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tokens of installations of GitHub Apps: GitHub gives one that is good for an hour to who shows a statement signed with the App's key. By GitHub's
 * documentation of authenticating as an App, and of the endpoint {@code POST /app/installations/ID/access_tokens}.
 */
@ApplicationScoped
class AppTokens {
    private static final Logger LOG = Logger.getLogger(AppTokens.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** One that ends sooner is not begun with. */
    private static final Duration LEFT = Duration.ofMinutes(5);

    private static final int MOST_BYTES = 100_000;
    private static final int MOST_KEPT = 1_000;

    private final VcsConfig config;
    private final InstantSource clock;
    private final HttpClient client;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    AppTokens(VcsConfig config, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private record Kept(String token, String key, Instant until) {
        @Override
        public String toString() {
            return "Kept[until " + until + "]";
        }
    }

    /** @return empty when GitHub gives none; the log says why */
    Optional<String> token(URI api, AppKey key, String installation) {
        String name = api + " " + key.app() + " " + installation;
        Kept known = kept.get(name);
        Instant now = clock.instant();
        if (known != null
                && known.key().equals(key.fingerprint())
                && now.isBefore(known.until().minus(LEFT))) {
            return Optional.of(known.token());
        }
        try {
            Kept fresh = ask(api, key, installation, now);
            if (kept.size() > MOST_KEPT) {
                kept.clear();
            }
            kept.put(name, fresh);
            return Optional.of(fresh.token());
        } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
            LOG.warnf(
                    "the GitHub App %s gets no token for its installation %s: %s",
                    key.app(), installation, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Kept ask(URI api, AppKey key, String installation, Instant now) throws IOException, InterruptedException {
        URI address = URI.create(
                api.toString().replaceAll("/+$", "") + "/app/installations/" + installation + "/access_tokens");
        requirePublic(address);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/vnd.github+json")
                .header("User-Agent", "terrafleet")
                .header("Authorization", "Bearer " + key.statement(now))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = answer.body()) {
            if (answer.statusCode() != 201) {
                throw new IOException("it answered " + answer.statusCode());
            }
            JsonNode json = Json.mapper().readTree(content.readNBytes(MOST_BYTES));
            String token = json.path("token").asText("");
            if (token.isEmpty()) {
                throw new IOException("it answered without a token");
            }
            return new Kept(
                    token,
                    key.fingerprint(),
                    Instant.parse(json.path("expires_at").asText("")));
        }
    }

    private void requirePublic(URI address) throws IOException {
        if (config.allowPrivateAddresses()) {
            return;
        }
        for (InetAddress found : InetAddress.getAllByName(String.valueOf(address.getHost()))) {
            if (PrivateAddresses.isPrivate(found)) {
                throw new IOException("its address is not on the public internet");
            }
        }
    }
}
