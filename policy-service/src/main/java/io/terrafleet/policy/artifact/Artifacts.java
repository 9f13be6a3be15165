package io.terrafleet.policy.artifact;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.messaging.TryLater;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches what an event refers to from the api, by a path that is signed for a short while, and checks size and hash. */
public final class Artifacts implements AutoCloseable {
    private static final Duration SIGNED_FOR = Duration.ofMinutes(5);

    private final URI api;
    private final InternalKey key;
    private final InstantSource clock;
    private final Duration patience;
    private final HttpClient http;
    private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param api the api's base URL
     * @param patience how long a whole download may take
     */
    public Artifacts(URI api, InternalKey key, InstantSource clock, Duration patience) {
        this.api = api;
        this.key = key;
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The content.
     *
     * @param most larger things are refused unread, in bytes
     * @throws TryLater when the api cannot be reached or cannot serve now
     * @throws ArtifactRefused when it has no such thing, or what it has is not what was promised
     */
    public byte[] fetch(String what, ArtifactRef artifact, long most) throws ArtifactRefused {
        if (artifact.size() > most) {
            throw new ArtifactRefused(what + " is " + artifact.size() + " bytes long; at most " + most + " are read");
        }
        byte[] content = download(what, artifact);
        if (content.length != artifact.size()) {
            throw new ArtifactRefused(what + " is not " + artifact.size() + " bytes long, as was announced");
        }
        if (!sha256(content).equals(artifact.sha256())) {
            throw new ArtifactRefused(what + " does not have the announced SHA-256 " + artifact.sha256());
        }
        return content;
    }

    private byte[] download(String what, ArtifactRef artifact) throws ArtifactRefused {
        Future<byte[]> download = downloads.submit(() -> request(what, artifact));
        try {
            return download.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            download.cancel(true);
            throw new TryLater(what + " did not arrive within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            download.cancel(true);
            Thread.currentThread().interrupt();
            throw new TryLater("interrupted while fetching " + what, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ArtifactRefused refused -> throw refused;
                case TryLater later -> throw later;
                case null, default -> throw new TryLater("the api cannot be reached for " + what, e);
            }
        }
    }

    private byte[] request(String what, ArtifactRef artifact)
            throws IOException, InterruptedException, ArtifactRefused {
        URI address =
                api.resolve(key.artifactPath(artifact.id(), clock.instant().plus(SIGNED_FOR)));
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(patience).GET().build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 404 || status == 410) {
                throw new ArtifactRefused(what + " (" + artifact.id() + ") is not there any more");
            }
            if (status != 200) {
                throw new TryLater("the api answered " + status + " for " + what);
            }
            return body.readNBytes(Math.toIntExact(artifact.size() + 1));
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        downloads.shutdownNow();
        http.shutdownNow();
    }
}
