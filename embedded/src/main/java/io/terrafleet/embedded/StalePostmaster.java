package io.terrafleet.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the PostgreSQL server that a killed JVM left running on a directory. Its {@code postmaster.pid} names the process in its
 * first line and the directory in its second; both must fit, because the operating system gives a process id again.
 */
final class StalePostmaster {
    private static final Duration POLITE = Duration.ofSeconds(15);
    private static final Duration FIRM = Duration.ofSeconds(10);

    private StalePostmaster() {}

    static void stop(Path cluster) {
        Optional<ProcessHandle> found = find(cluster);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle postmaster = found.get();
        // Fast shutdown, then immediate shutdown; the second is safe too, the next start recovers from the write-ahead
        // log.
        if (!signal(postmaster, "INT", POLITE) && !signal(postmaster, "QUIT", FIRM)) {
            throw new IllegalStateException("an earlier PostgreSQL (process " + postmaster.pid() + ") still runs on "
                    + cluster + " and does not stop; stop it and start again");
        }
    }

    static Optional<ProcessHandle> find(Path cluster) {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.size() < 2
                    || !Path.of(lines.get(1)).equals(cluster.toAbsolutePath().normalize())) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(StalePostmaster::isPostgres);
        } catch (NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(pidFile + " cannot be read", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .or(() -> process.info().commandLine())
                        .map(command -> command.contains("postgres"))
                        .orElse(false);
    }

    private static boolean signal(ProcessHandle process, String name, Duration patience) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be signalled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping process " + process.pid(), e);
        }
    }
}
