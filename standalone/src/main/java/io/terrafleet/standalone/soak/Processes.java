package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.bench.Measured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How long each process of the platform takes to be ready, and what memory it has while nothing happens. */
public final class Processes {
    private static final double SERVICE_MEBIBYTES = 250;
    private static final double STANDALONE_MEBIBYTES = 1_200;
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(3);
    /** What a start leaves to do is done by then. */
    private static final int REST_MILLIS = 5_000;

    private final Path root;
    private final Path directory;
    private final Consumer<String> progress;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /** @param root of the project, where the build left the services; {@code directory} is empty */
    public Processes(Path root, Path directory, Consumer<String> progress) {
        this.root = root;
        this.directory = directory.toAbsolutePath().normalize();
        this.progress = progress;
    }

    public Measured measure() {
        apart();
        together();
        Map<String, Boolean> promises = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (part.isService()) {
                promises.put(
                        "idle " + part.word() + " under 250 MiB resident",
                        figures.getOrDefault(part.word() + "ResidentMebibytes", Double.MAX_VALUE) < SERVICE_MEBIBYTES);
            }
        }
        promises.put(
                "the platform as one process, its database with it, under 1.2 GB",
                figures.getOrDefault("standaloneProportionalMebibytes", Double.MAX_VALUE) * 1.048_576
                        < STANDALONE_MEBIBYTES);
        return new Measured(
                "processes",
                1,
                "each service started while the others stand ready, until its readiness says so; memory by smaps_rollup, idle for "
                        + REST_MILLIS / 1_000 + " s; then the platform in one process, as \"terrafleet up\" starts it",
                figures,
                Map.of(),
                List.of(),
                promises);
    }

    private void apart() {
        Settings settings = new Settings(
                root,
                directory.resolve("apart"),
                Ports.find().direct(),
                Wiring.secret(10) + ".terrafleet." + Wiring.secret(36),
                Wiring.secret(32));
        Stage.prepare(settings);
        Fleet fleet = new Fleet(settings);
        Thread hook = new Thread(fleet::close, "end-of-processes");
        Runtime.getRuntime().addShutdownHook(hook);
        try (fleet) {
            progress.accept("six processes");
            fleet.startAll();
            for (Part part : Part.values()) {
                if (part.isService()) {
                    progress.accept("the " + part.word() + " again, alone");
                    fleet.stop(part);
                    long begin = System.nanoTime();
                    fleet.start(part);
                    fleet.awaitReady(part);
                    figures.put(part.word() + "StartSeconds", seconds(begin));
                }
            }
            Pause.millis(REST_MILLIS);
            for (Part part : Part.values()) {
                note(part.word(), fleet.handles(part));
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void together() {
        progress.accept("the platform in one process");
        Path data = directory.resolve("together");
        Path said = directory.resolve("together.txt");
        int port = freePort();
        ProcessBuilder up = new ProcessBuilder(
                        root.resolve("terrafleet").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        long begin = System.nanoTime();
        try {
            Process process = up.start();
            Thread hook = new Thread(process::destroy, "end-of-standalone");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                awaitReady(process, port, said, begin);
                figures.put("standaloneStartSeconds", seconds(begin));
                Pause.millis(REST_MILLIS);
                note("standalone", all(process, data));
            } finally {
                process.destroy();
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the platform cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoakBroken("interrupted", e);
        }
    }

    private static void awaitReady(Process process, int port, Path said, long begin) throws IOException {
        try (Readiness readiness = new Readiness()) {
            while (!readiness.of(port)) {
                if (!process.isAlive() || System.nanoTime() - begin > START_NANOS) {
                    throw new SoakBroken("the platform does not become ready: " + Files.readString(said));
                }
                Pause.millis(50);
            }
        }
    }

    /** Its own, those it began, and the database's, which have left their parent. */
    private static List<ProcessHandle> all(Process process, Path data) throws IOException {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        try (Stream<Path> files = Files.find(data, 5, (path, _) -> path.endsWith("postmaster.pid"))) {
            for (Path file : files.toList()) {
                long first = Long.parseLong(Files.readAllLines(file).getFirst().strip());
                Optional<ProcessHandle> postgres = ProcessHandle.of(first);
                postgres.ifPresent(all::add);
                postgres.stream().flatMap(ProcessHandle::descendants).forEach(all::add);
            }
        }
        return all.stream().distinct().toList();
    }

    private void note(String word, List<ProcessHandle> processes) {
        Memory memory = Memory.of(processes);
        figures.put(word + "ResidentMebibytes", memory.resident());
        figures.put(word + "ProportionalMebibytes", memory.proportional());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
