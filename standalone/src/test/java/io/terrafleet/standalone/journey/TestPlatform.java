package io.terrafleet.standalone.journey;

import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.ProviderMirror;
import io.terrafleet.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Assumptions;

/** The packaged platform in a process of its own on a temporary directory, to be used, killed and started again. */
final class TestPlatform implements AutoCloseable {
    static final String TOKEN = "journeys-admin-token-0123456789abcdef";
    /** The lock of the journeys that have one for themselves: of these one at a time, beside those that share one. */
    static final String OWN = "a platform of its own";

    private static final Duration START = Duration.ofMinutes(3);
    /** Of journeys at the same time: a start takes all the processors that there are, and several at once would be late on a slow machine. */
    private static final ReentrantLock ONE_START = new ReentrantLock(true);

    private static final AtomicInteger ORGANIZATIONS = new AtomicInteger();

    private final Path directory;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private Process process;
    private final TfeClient api;

    private TestPlatform(Path directory, int port, Map<String, String> environment, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.environment = environment;
        this.process = launch();
        this.api = new TfeClient(url(), TOKEN);
    }

    /** Ready when it returns. Skips the test where the platform is not packaged, as in an IDE. */
    static TestPlatform start(Path directory, String... options) {
        return start(directory, Map.of(), options);
    }

    /** @param environment settings, by the names that environment variables have */
    static TestPlatform start(Path directory, Map<String, String> environment, String... options) {
        Assumptions.assumeTrue(
                Files.exists(jar()), "skipped: " + jar() + " is absent; mvn verify builds it before the journeys");
        ONE_START.lock();
        try {
            TestPlatform platform = new TestPlatform(directory, freePort(), environment, List.of(options));
            platform.awaitReady();
            return platform;
        } finally {
            ONE_START.unlock();
        }
    }

    int port() {
        return port;
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    TfeClient api() {
        return api;
    }

    /** The name of an organization that nobody has used. */
    String organization() {
        return organization(api);
    }

    static String organization(TfeClient api) {
        String name = "journey-" + ORGANIZATIONS.incrementAndGet();
        api.createOrganization(name);
        return name;
    }

    TestWorkspace workspace(String organization, String name, Map<String, String> files) {
        return TestWorkspace.in(api, organization, name, files);
    }

    /** As if the machine's power went, but for this one process: no goodbye, runners live on. */
    void killNine() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** A start that is refused. @return what it says, and its exit code is 1 */
    static String refused(Path directory, String... options) throws InterruptedException {
        return refused(directory, Map.of(), options);
    }

    /** @param environment settings, by the names that environment variables have */
    static String refused(Path directory, Map<String, String> environment, String... options)
            throws InterruptedException {
        Assumptions.assumeTrue(Files.exists(jar()), "skipped: " + jar() + " is absent");
        TestPlatform platform = new TestPlatform(directory, freePort(), environment, List.of(options));
        try (var _ = platform.api) {
            if (!platform.process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || platform.process.exitValue() != 1) {
                platform.process.destroyForcibly();
                throw new AssertionError("the platform was to refuse " + List.of(options) + ":\n" + platform.output());
            }
            return platform.output();
        }
    }

    /** On the same data and port. */
    void startAgain() {
        ONE_START.lock();
        try {
            process = launch();
            awaitReady();
        } finally {
            ONE_START.unlock();
        }
    }

    /** SIGTERM. @return seconds until the process was gone */
    double stop() {
        long begin = System.nanoTime();
        process.destroy();
        awaitEnd();
        return (System.nanoTime() - begin) / 1e9;
    }

    Process process() {
        return process;
    }

    String output() {
        try {
            return Files.readString(directory.resolve("up.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        api.close();
        if (process.isAlive()) {
            process.destroy();
            awaitEnd();
        }
    }

    /** What a command said on both its outputs. */
    record Said(int code, String output, String errors) {
        String text() {
            return output + errors;
        }
    }

    /** A command that ends by itself. */
    static Said say(Path directory, String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(jar()), "skipped: " + jar() + " is absent");
        List<String> command = java(arguments);
        Path output = directory.resolve("output.txt");
        Path errors = directory.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end:\n" + Files.readString(errors));
        }
        return new Said(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    /** The same, whatever it thinks of this machine. @return its standard output */
    static String command(Path directory, String... arguments) throws IOException, InterruptedException {
        Said said = say(directory, arguments);
        if (said.code() > 1) {
            throw new AssertionError(List.of(arguments) + ":\n" + said.errors());
        }
        return said.output();
    }

    /** Without the cache, and with no command yet. */
    static List<String> slowJava() {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dterrafleet.root=" + root(),
                "-jar",
                jar().toString());
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(slowJava());
        command.addAll(1, FastStart.options());
        command.addAll(List.of(arguments));
        return command;
    }

    private Process launch() {
        List<String> command = new ArrayList<>(java(
                "up",
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("data").toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("up.txt").toFile());
        builder.environment().put("TERRAFLEET_ADMIN_TOKEN", TOKEN);
        ProviderMirror.withAws(System.getenv()).ifPresent(mirror -> builder.environment()
                .put("TERRAFLEET_WORKER_PROCESS_PROVIDER_FILESYSTEM_MIRROR", mirror.toString()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Await.until("the platform to be ready", START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the platform did not start:\n" + output());
            }
            return output().contains("Terrafleet is ready");
        });
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the platform did not stop within two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static Path root() {
        return Path.of(Optional.ofNullable(System.getProperty("terrafleet.root"))
                        .orElse(".."))
                .toAbsolutePath()
                .normalize();
    }

    static Path jar() {
        return root().resolve("standalone/target/quarkus-app/quarkus-run.jar");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
