package io.terrafleet.standalone.soak;

import io.terrafleet.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    Path directory;

    /** A shell that tries to write again and again and says whether it could. */
    @Test
    void nothingIsWrittenWhileItIsFull() throws IOException {
        String script =
                "trap '' XFSZ; while true; do if echo x 2>/dev/null >probe; then touch wrote; else touch failed; fi;"
                        + " sleep 0.05; done";
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            appears("wrote");
            boolean full = Disk.FULL.becomes(List.of(shell.toHandle()));
            Assumptions.assumeTrue(full, "skipped: there is no prlimit command");
            appears("failed");
            Disk.ROOMY.becomes(List.of(shell.toHandle()));
            Files.deleteIfExists(directory.resolve("wrote"));
            appears("wrote");
        } finally {
            shell.destroyForcibly();
        }
    }

    private void appears(String name) {
        Await.until(name, Duration.ofSeconds(30), () -> Files.exists(directory.resolve(name)));
    }
}
