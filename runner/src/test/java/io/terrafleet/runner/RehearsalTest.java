package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rehearsal as {@code k8s/images/Containerfile.runner} does it, and whom a pod trusts. */
class RehearsalTest {
    private static final String PASSWORD = "rehearsal";

    @TempDir
    Path directory;

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String run(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private Path keys() throws IOException, InterruptedException {
        Path keys = directory.resolve("keys.p12");
        run(List.of(
                program("keytool"),
                "-genkeypair",
                "-alias",
                "rehearsal",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        return keys;
    }

    @Test
    void aPodBeginsByHttpAndByHttpsWithNobodyElse() throws Exception {
        Path keys = keys();

        String printed = run(List.of(
                program("java"),
                "-XX:TieredStopAtLevel=1",
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                "io.terrafleet.runner.Main",
                "rehearse",
                keys.toString(),
                PASSWORD));

        assertThat(printed).doesNotContain("nobody was answered");
    }
}
