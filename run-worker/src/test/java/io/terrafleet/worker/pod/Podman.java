package io.terrafleet.worker.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The podman of this machine with settings that let it start containers here.
 *
 * @param settings a containers.conf, when the usual one does not do
 */
record Podman(Optional<Path> settings) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For machines where limits cannot be raised and cgroups of two versions are mixed, as within containers and small virtual machines. */
    private static final String MODEST =
            """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            """;

    /**
     * What a call printed.
     *
     * @param status exit status; 124 when it did not end in time
     */
    record Said(int status, String text) {
        boolean well() {
            return status == 0;
        }
    }

    /** The usual settings, then the modest ones: those with which the image's {@code /bin/sh} starts, or why none does. */
    static Found find(Path directory, String image) {
        Podman usual = new Podman(Optional.empty());
        Said first = usual.tries(image);
        if (first.well()) {
            return new Found(usual, "");
        }
        Path settings = directory.resolve("containers.conf");
        try {
            Files.writeString(settings, MODEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Podman modest = new Podman(Optional.of(settings));
        Said second = modest.tries(image);
        return second.well()
                ? new Found(modest, "")
                : new Found(null, "podman cannot start a container here: " + first.text() + "; " + second.text());
    }

    /** @param why there is none */
    record Found(@Nullable Podman podman, String why) {}

    private Said tries(String image) {
        return say("run", "--rm", "--network", "host", "--entrypoint", "/bin/sh", image, "-c", "exit 0");
    }

    /** Runs it to its end. */
    Said say(String... arguments) {
        return say(PATIENCE, List.of(arguments));
    }

    Said say(Duration patience, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("podman"));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        settings.ifPresent(file -> builder.environment().put("CONTAINERS_CONF", file.toString()));
        try {
            Path printed = Files.createTempFile("podman", ".out");
            try {
                Process process = builder.redirectOutput(printed.toFile()).start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                return new Said(
                        ended ? process.exitValue() : 124,
                        Files.readString(printed, StandardCharsets.UTF_8).strip());
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            return new Said(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while podman worked", e);
        }
    }
}
