package io.terrafleet.worker.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The place that releases are published at: a web site, a mirror of it, or a directory of the same layout. */
public final class ReleaseIndex {
    private static final int MOST_INDEX_BYTES = 64 << 20;
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private final String base;
    private final @Nullable Path directory;
    private final HttpClient http;

    /** @param base URL or directory */
    public ReleaseIndex(String base, Duration connectTimeout) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.directory = base.contains("://") ? null : Path.of(base);
        this.http = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** @param platform for example {@code linux_amd64}; versions without a build for it are left out */
    List<Version> versions(String product, String platform) throws IOException {
        Optional<byte[]> index = find(product + "/index.json", MOST_INDEX_BYTES);
        if (index.isPresent()) {
            return parse(index.get(), platform);
        }
        if (directory != null) {
            return listed(directory.resolve(product));
        }
        throw new IOException(base + "/" + product + "/index.json does not exist");
    }

    private static List<Version> parse(byte[] index, String platform) throws IOException {
        List<Version> versions = new ArrayList<>();
        for (var entry : Json.mapper().readTree(index).path("versions").properties()) {
            if (hasBuild(entry.getValue().path("builds"), platform)) {
                Version.parse(entry.getKey()).ifPresent(versions::add);
            }
        }
        return List.copyOf(versions);
    }

    private static boolean hasBuild(JsonNode builds, String platform) {
        return builds.isMissingNode()
                || builds.valueStream()
                        .anyMatch(build -> platform.equals(build.path("os").asText() + "_"
                                + build.path("arch").asText()));
    }

    private static List<Version> listed(Path product) throws IOException {
        if (!Files.isDirectory(product)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(product)) {
            return entries.flatMap(entry -> Version.parse(String.valueOf(entry.getFileName())).stream())
                    .toList();
        }
    }

    /** @throws IOException when it is absent too */
    byte[] read(String path, int mostBytes) throws IOException {
        return find(path, mostBytes).orElseThrow(() -> new IOException(base + "/" + path + " does not exist"));
    }

    /** The small file, or empty when there is none. */
    Optional<byte[]> find(String path, int mostBytes) throws IOException {
        Optional<InputStream> source = open(path);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = source.get()) {
            byte[] content = in.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                throw new IOException(base + "/" + path + " is larger than " + mostBytes + " bytes");
            }
            return Optional.of(content);
        }
    }

    void download(String path, Path target, long mostBytes) throws IOException {
        try (InputStream in = open(path).orElseThrow(() -> new IOException(base + "/" + path + " does not exist"));
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                copied += length;
                if (copied > mostBytes) {
                    throw new IOException(base + "/" + path + " is larger than " + mostBytes + " bytes");
                }
                out.write(buffer, 0, length);
            }
        }
    }

    private Optional<InputStream> open(String path) throws IOException {
        if (directory != null) {
            try {
                return Optional.of(Files.newInputStream(directory.resolve(path)));
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            }
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + path))
                .timeout(ANSWER)
                .header("User-Agent", "terrafleet")
                .build();
        HttpResponse<InputStream> answer = send(request);
        if (answer.statusCode() == 200) {
            return Optional.of(answer.body());
        }
        answer.body().close();
        if (answer.statusCode() == 404 || answer.statusCode() == 403) {
            return Optional.empty();
        }
        throw new IOException(request.uri() + " answered " + answer.statusCode());
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new IOException(request.uri() + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + request.uri());
        }
    }

    @Override
    public String toString() {
        return base;
    }
}
