package io.terrafleet.worker.release;

import io.terrafleet.contracts.event.ToolBuild;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Installs builds that an administrator brings, as {@code builds/SHA256/ENGINE}: under their checksum, so that another build of the same
 * version never is taken for this one. What does not have the checksum is not unpacked.
 */
final class BuildInstaller {
    private static final long MOST_ZIP = 512L << 20;
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private final Path root;
    private final String platform;
    private final HttpClient http;

    /** @param platform for example {@code linux_amd64} */
    BuildInstaller(Path root, String platform, Duration connectTimeout) {
        this.root = root.resolve("builds");
        this.platform = platform;
        this.http = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** @throws IOException when there is none for this machine, or it is not what was announced */
    synchronized Path install(String engine, List<ToolBuild> builds, Consumer<String> progress) throws IOException {
        ToolBuild build = ours(builds);
        if (!build.sha256().matches("[0-9a-f]{64}")) {
            throw new IOException("\"" + build.sha256() + "\" is not a SHA-256");
        }
        Path home = root.resolve(build.sha256());
        Path binary = home.resolve(engine);
        Files.createDirectories(root);
        try (FileChannel lockFile =
                        FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock()) {
            if (!Files.isExecutable(binary)) {
                progress.accept("downloading " + engine + " from " + place(build.url()));
                fetch(engine, build, home);
            }
        }
        return binary;
    }

    private ToolBuild ours(List<ToolBuild> builds) throws IOException {
        return builds.stream()
                .filter(build -> build.platform().equals(platform))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no build for " + platform + ", only for "
                        + builds.stream().map(ToolBuild::platform).collect(Collectors.joining(", "))));
    }

    private void fetch(String engine, ToolBuild build, Path home) throws IOException {
        Path fresh = root.resolve(".new-" + build.sha256());
        Installer.delete(fresh);
        Files.createDirectories(fresh);
        try {
            Path zip = fresh.resolve("build.zip");
            download(build.url(), zip);
            String found = Installer.sha256(zip);
            if (!found.equals(build.sha256())) {
                throw new IOException("what " + place(build.url()) + " gives has the SHA-256 " + found
                        + "; the administrators have named " + build.sha256());
            }
            Installer.unpack(zip, engine, fresh);
            Installer.delete(home);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Installer.delete(fresh);
        }
    }

    private void download(URI url, Path target) throws IOException {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IOException(place(url) + " is no http or https address");
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(ANSWER)
                .header("User-Agent", "terrafleet")
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException(place(url) + " answered " + answer.statusCode());
                }
                copy(in, target, url);
            }
        } catch (ConnectException e) {
            throw new IOException(place(url) + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + place(url));
        }
    }

    private static void copy(InputStream in, Path target, URI url) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                copied += length;
                if (copied > MOST_ZIP) {
                    throw new IOException(place(url) + " is larger than " + MOST_ZIP + " bytes");
                }
                out.write(buffer, 0, length);
            }
        }
    }

    /** Without the query, which may be a signature. */
    private static String place(URI url) {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
}
