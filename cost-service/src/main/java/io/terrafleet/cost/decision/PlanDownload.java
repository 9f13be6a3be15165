package io.terrafleet.cost.decision;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.messaging.TryLater;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fetches plans from the api by addresses that it signs for a few minutes, and believes only what has the announced hash. */
public final class PlanDownload implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration SIGNED_FOR = Duration.ofMinutes(5);

    private final URI api;
    private final InternalKey key;
    private final InstantSource clock;
    private final Duration patience;
    private final HttpClient http;

    /**
     * @param api base URL of the api-service
     * @param patience how long the answer may take to begin, and then how long to end
     */
    public PlanDownload(URI api, InternalKey key, InstantSource clock, Duration patience) {
        this.api = api;
        this.key = key;
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The plan's bytes, checked.
     *
     * @throws TryLater when the api cannot be reached, is too slow, or answers with anything but the plan or "not there"
     */
    byte[] fetch(ArtifactRef plan) throws PlanUnavailable {
        if (plan.size() > PlanDocument.MOST_BYTES) {
            throw new PlanUnavailable(
                    "The plan is " + plan.size() + " bytes long and at most " + PlanDocument.MOST_BYTES + " are read");
        }
        byte[] bytes = ask(plan);
        if (bytes.length != plan.size()) {
            throw new PlanUnavailable("The stored plan is not " + plan.size() + " bytes long as it was announced");
        }
        if (!sha256(bytes).equals(plan.sha256())) {
            throw new PlanUnavailable("The stored plan does not have the SHA-256 that was announced");
        }
        return bytes;
    }

    private byte[] ask(ArtifactRef plan) throws PlanUnavailable {
        URI address = api.resolve(key.artifactPath(plan.id(), clock.instant().plus(SIGNED_FOR)));
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response.statusCode(), body, plan);
            }
        } catch (IOException e) {
            throw new TryLater("plan " + plan.id() + " cannot be fetched from " + api, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryLater("interrupted while fetching plan " + plan.id(), e);
        }
    }

    private byte[] read(int status, InputStream body, ArtifactRef plan) throws IOException, PlanUnavailable {
        if (status == 404 || status == 410) {
            throw new PlanUnavailable("The plan is no longer stored");
        }
        if (status != 200) {
            throw new TryLater("the api answered " + status + " for plan " + plan.id());
        }
        CompletableFuture<Void> tooLate = CompletableFuture.runAsync(
                () -> close(body), CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return body.readNBytes(Math.toIntExact(plan.size() + 1));
        } finally {
            tooLate.cancel(false);
        }
    }

    /** A closed stream wakes the reader with an exception. */
    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
