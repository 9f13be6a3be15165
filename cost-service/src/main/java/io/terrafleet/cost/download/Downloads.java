package io.terrafleet.cost.download;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.messaging.TryLater;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fetches things from the api by addresses that it signs for a few minutes, and believes only what has the announced hash. */
public final class Downloads implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration SIGNED_FOR = Duration.ofMinutes(5);

    /** A large file may take as many times longer than a plan. */
    private static final int PATIENCE_FOR_FILES = 10;

    private final URI api;
    private final InternalKey key;
    private final InstantSource clock;
    private final Duration patience;
    private final HttpClient http;

    /**
     * @param api base URL of the api-service
     * @param patience how long the answer may take to begin, and then how long to end
     */
    public Downloads(URI api, InternalKey key, InstantSource clock, Duration patience) {
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
     * The bytes, checked.
     *
     * @param what it is, for people: {@code plan}
     * @param most more bytes are not read
     * @throws TryLater when the api cannot be reached, is too slow, or answers with anything but the thing or "not there"
     */
    public byte[] fetch(ArtifactRef thing, String what, long most) throws Unavailable {
        if (thing.size() > most) {
            throw new Unavailable(
                    "The " + what + " is " + thing.size() + " bytes long and at most " + most + " are read");
        }
        byte[] bytes = ask(thing, what, patience, body -> body.readNBytes(Math.toIntExact(thing.size() + 1)));
        check(thing, what, bytes.length, HexFormat.of().formatHex(sha256().digest(bytes)));
        return bytes;
    }

    /**
     * Writes the thing into a file, checked; what the file holds after an exception is of no use.
     *
     * @param what it is, for people: {@code price list}
     * @throws TryLater as {@link #fetch} does
     */
    public void fetch(ArtifactRef thing, String what, Path file) throws Unavailable {
        MessageDigest digest = sha256();
        long size = ask(thing, what, patience.multipliedBy(PATIENCE_FOR_FILES), body -> {
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
                return body.transferTo(out);
            }
        });
        check(thing, what, size, HexFormat.of().formatHex(digest.digest()));
    }

    private static void check(ArtifactRef thing, String what, long size, String sha256) throws Unavailable {
        if (size != thing.size()) {
            throw new Unavailable("The stored " + what + " is not " + thing.size() + " bytes long as it was announced");
        }
        if (!sha256.equals(thing.sha256())) {
            throw new Unavailable("The stored " + what + " does not have the SHA-256 that was announced");
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    private <T> T ask(ArtifactRef thing, String what, Duration within, Reader<T> reader) throws Unavailable {
        URI address = api.resolve(key.artifactPath(thing.id(), clock.instant().plus(SIGNED_FOR)));
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                refuse(response.statusCode(), thing, what);
                return timed(body, within, reader);
            }
        } catch (IOException e) {
            throw new TryLater(what + " " + thing.id() + " cannot be fetched from " + api, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryLater("interrupted while fetching " + what + " " + thing.id(), e);
        }
    }

    private static void refuse(int status, ArtifactRef thing, String what) throws Unavailable {
        if (status == 404 || status == 410) {
            throw new Unavailable("The " + what + " is no longer stored");
        }
        if (status != 200) {
            throw new TryLater("the api answered " + status + " for " + what + " " + thing.id());
        }
    }

    private static <T> T timed(InputStream body, Duration within, Reader<T> reader) throws IOException {
        CompletableFuture<Void> tooLate = CompletableFuture.runAsync(
                () -> close(body), CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return reader.read(body);
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
