package io.terrafleet.worker.release;

import io.terrafleet.contracts.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The terraform that this machine already has on its PATH; asked for its version once as long as the file is the same. */
final class PathBinary {
    private static final Logger LOG = Logger.getLogger(PathBinary.class);
    private static final long ANSWER_SECONDS = 20;
    private static final int MOST_OUTPUT = 1 << 20;

    record Found(Path binary, Version version) {}

    private record Seen(Path binary, FileTime modified, Optional<Version> version) {}

    private final Optional<Path> named;
    private final String path;
    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * @param named a terraform that is taken instead of the PATH's
     * @param path the PATH variable; null when there is none
     */
    PathBinary(Optional<Path> named, @Nullable String path) {
        this.named = named.filter(binary -> !binary.toString().isBlank());
        this.path = path == null ? "" : path;
    }

    synchronized Optional<Found> find(String product) {
        Optional<Path> binary = product.equals("terraform") && named.isPresent() ? named : onPath(product);
        return binary.filter(Files::isExecutable)
                .flatMap(found -> version(product, found).map(version -> new Found(found.toAbsolutePath(), version)));
    }

    private Optional<Path> onPath(String product) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, product))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Version> version(String product, Path binary) {
        try {
            FileTime modified = Files.getLastModifiedTime(binary);
            Seen before = seen.get(product);
            if (before != null
                    && before.binary().equals(binary)
                    && before.modified().equals(modified)) {
                return before.version();
            }
            Optional<Version> version = ask(binary);
            seen.put(product, new Seen(binary, modified, version));
            return version;
        } catch (IOException e) {
            LOG.warnf(e, "%s does not tell its version and is not used", binary);
            return Optional.empty();
        } catch (InterruptedException e) {
            LOG.warnf("interrupted while asking %s for its version", binary);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Version> ask(Path binary) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(binary.toString(), "version", "-json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        Process process = builder.start();
        byte[] answer = process.getInputStream().readNBytes(MOST_OUTPUT);
        if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no answer within " + ANSWER_SECONDS + " s");
        }
        return Version.parse(
                Json.mapper().readTree(answer).path("terraform_version").asText(""));
    }
}
