package io.terrafleet.standalone.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's ahead-of-time cache, as {@code ./terrafleet} makes itself one: a first start, that plays the demo unseen, writes down what it
 * loads, and the twenty starts of the journeys take that over. Whoever cannot have it starts without and only takes longer.
 */
final class FastStart {
    private static final Path CACHE = TestPlatform.root().resolve("standalone/target/journeys.aot");

    private static boolean tried;

    private FastStart() {}

    static synchronized List<String> options() {
        try {
            if (!tried && !isMade()) {
                make();
            }
            tried = true;
            // It says so on standard output when it is not taken, and a benchmark's figures are read from there.
            return isMade() ? List.of("-XX:AOTCache=" + CACHE, "-Xlog:disable") : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean isMade() throws IOException {
        return Files.exists(CACHE)
                && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(TestPlatform.jar())) > 0;
    }

    private static void make() throws IOException, InterruptedException {
        Path making = CACHE.resolveSibling("journeys.aot.new");
        List<String> line = new ArrayList<>(TestPlatform.slowJava());
        line.add(1, "-XX:AOTCacheOutput=" + making);
        line.add("train");
        Process training = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(CACHE.resolveSibling("journeys-train.txt").toFile())
                .start();
        if (!training.waitFor(4, TimeUnit.MINUTES)) {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly().waitFor();
        } else if (training.exitValue() == 0 && Files.exists(making)) {
            Files.move(making, CACHE, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
