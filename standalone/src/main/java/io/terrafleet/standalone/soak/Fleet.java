package io.terrafleet.standalone.soak;

import io.terrafleet.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The six processes, each to be killed, paused and started again by its name. Calls come from one thread at a time. */
final class Fleet implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int POSTGRES_TRIES = 60;

    private final Settings settings;
    private final Strays strays;
    private final Map<Part, Process> processes = new EnumMap<>(Part.class);
    private final Map<Part, Duration> clocks = new EnumMap<>(Part.class);
    private final Map<Part, Map<String, String>> besides = new EnumMap<>(Part.class);
    /** Those that others have taken the place of. */
    private final List<Process> predecessors = new ArrayList<>();

    private final Readiness readiness = new Readiness();

    Fleet(Settings settings) {
        this.settings = settings;
        this.strays = new Strays(settings.temporary());
    }

    Strays strays() {
        return strays;
    }

    /** Returns when the api answers and everything else was begun. */
    void startAll() {
        for (Part part : Part.values()) {
            if (part.isService() && !Files.exists(settings.jar(part))) {
                throw new SoakBroken(
                        settings.jar(part) + " is absent; build the services, not the composed platform alone");
            }
        }
        start(Part.POSTGRES);
        start(Part.KAFKA);
        awaitTopics();
        for (Part part : Part.values()) {
            if (part.isService()) {
                start(part);
            }
        }
        for (Part part : Part.values()) {
            if (part.isService()) {
                awaitReady(part);
            }
        }
    }

    /** A consumer that comes before its topic looks for it again only after minutes. */
    private void awaitTopics() {
        Topics topics = new Topics("localhost:" + settings.ports().kafkaProxy());
        long deadline = System.nanoTime() + START.toNanos();
        while (!topics.exist()) {
            if (dead().contains(Part.KAFKA) || System.nanoTime() - deadline > 0) {
                throw new SoakBroken("the broker does not start; its log is " + settings.log(Part.KAFKA));
            }
            Pause.millis(200);
        }
    }

    void start(Part part) {
        try {
            if (part == Part.POSTGRES) {
                startPostgres();
            } else {
                processes.put(part, launch(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(part + " cannot be started", e);
        }
    }

    void kill(Part part) {
        Signal.KILL.send(handles(part));
        awaitEnd(part);
    }

    /** In order; by force when that takes too long. @return whether it was in order */
    boolean stop(Part part) {
        Optional<Process> process = Optional.ofNullable(processes.get(part));
        process.ifPresent(Process::destroy);
        try {
            if (process.isEmpty() || process.get().waitFor(STOP)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill(part);
        return false;
    }

    /** How a process ended that another has taken the place of: by itself or not, and with which exit code. */
    record Ending(Part part, boolean inOrder, int exitCode, Duration took) {}

    /**
     * As a rolling update does: another process begins beside the one that serves; when it is ready the former is told to end.
     *
     * @param keys the new one's settings besides those that every one has, its port among them
     * @param ready what is to be done in between: leading an address to the new one
     * @param grace how long the former may take before it is ended by force
     */
    Ending replace(Part part, Map<String, String> keys, Runnable ready, Duration grace) {
        Process former = Objects.requireNonNull(processes.get(part));
        predecessors.add(former);
        set(part, keys);
        start(part);
        awaitReady(part);
        ready.run();
        long begin = System.nanoTime();
        former.destroy();
        boolean inOrder = waitFor(former, grace);
        if (!inOrder) {
            Signal.KILL.send(List.of(former.toHandle()));
            waitFor(former, STOP);
        }
        return new Ending(part, inOrder, former.exitValue(), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Settings of a service from its next start on, besides those that every one has. */
    void set(Part part, Map<String, String> keys) {
        besides.put(part, Map.copyOf(keys));
    }

    private static boolean waitFor(Process process, Duration most) {
        try {
            return process.waitFor(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoakBroken("interrupted", e);
        }
    }

    /** From its next start on, a service's clock is wrong by so much. */
    void setClock(Part part, Duration offset) {
        clocks.put(part, offset);
    }

    /** @return false when that cannot be on this machine */
    boolean fillDisk(Part part) {
        return Disk.FULL.becomes(handles(part));
    }

    /** Room for it, and for whatever it began meanwhile. A database that gave up is started again, as its operator would. */
    void clearDisk(Part part) {
        if (part == Part.POSTGRES) {
            kill(part);
            start(part);
            return;
        }
        List<ProcessHandle> all = new ArrayList<>(handles(part));
        all.addAll(strays.all());
        Disk.ROOMY.becomes(all);
    }

    void pause(Part part) {
        Signal.STOP.send(handles(part));
    }

    void resume(Part part) {
        Signal.CONT.send(handles(part));
    }

    /** Services that ended by themselves. */
    List<Part> dead() {
        return processes.entrySet().stream()
                .filter(entry -> !entry.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    void awaitReady(Part part) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!readiness.of(port(part))) {
            if (dead().contains(part) || System.nanoTime() - deadline > 0) {
                throw new SoakBroken(part + " does not become ready; its log is " + settings.log(part));
            }
            Pause.millis(100);
        }
    }

    private int port(Part part) {
        return Optional.ofNullable(besides.getOrDefault(part, Map.of()).get("quarkus.http.port"))
                .map(Integer::parseInt)
                .orElseGet(() -> settings.ports().of(part));
    }

    @Override
    public void close() {
        readiness.close();
        for (int round = 0; round < 5; round++) {
            List<ProcessHandle> left = new ArrayList<>(strays.all());
            left.addAll(postgres());
            processes.values().forEach(process -> left.add(process.toHandle()));
            predecessors.forEach(process -> left.add(process.toHandle()));
            List<ProcessHandle> alive =
                    left.stream().filter(ProcessHandle::isAlive).distinct().toList();
            if (alive.isEmpty()) {
                return;
            }
            Signal.KILL.send(alive);
            Pause.millis(200);
        }
    }

    private Process launch(Part part) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                // As in a pod, whose limit the JVM takes for the machine's memory.
                "-Xms16m",
                "-XX:+ExitOnOutOfMemoryError"));
        settings.heap(part).ifPresent(command::add);
        if (part == Part.KAFKA) {
            command.addAll(List.of("-cp", classPath(), BrokerProcess.class.getName()));
            command.add(settings.directory().resolve("kafka").toString());
            command.add(Integer.toString(settings.ports().kafka()));
            command.add(Integer.toString(settings.ports().kafkaProxy()));
        } else {
            Map<String, String> keys = new TreeMap<>(settings.of(part));
            keys.putAll(besides.getOrDefault(part, Map.of()));
            keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
            command.add("-Dterrafleet.clock.offset=" + clocks.getOrDefault(part, Duration.ZERO));
            command.addAll(List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar"));
            command.add(settings.jar(part).toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(settings.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(settings.log(part).toFile()));
        // As in the image.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("TMPDIR", settings.temporary().toString());
        return builder.start();
    }

    /** Everything that the composed platform has; the broker is in it. */
    private String classPath() {
        Path application = settings.root().resolve("standalone/target/quarkus-app");
        return application.resolve("app") + "/*:" + application.resolve("lib/main") + "/*";
    }

    /** After a kill -9 of its first process the others go when they notice, and until then nobody may start. */
    private void startPostgres() {
        for (int tried = 1; ; tried++) {
            try {
                EmbeddedPostgres.start(
                        settings.directory().resolve("postgres"),
                        settings.ports().postgres());
                return;
            } catch (IllegalStateException e) {
                if (tried == POSTGRES_TRIES) {
                    throw e;
                }
                Pause.millis(500);
            }
        }
    }

    /** Its processes, of which the database has several. */
    List<ProcessHandle> handles(Part part) {
        if (part == Part.POSTGRES) {
            return postgres();
        }
        return Optional.ofNullable(processes.get(part)).map(Process::toHandle).stream()
                .toList();
    }

    /** The first process of the server and its children. */
    private List<ProcessHandle> postgres() {
        Path pidFile = settings.directory().resolve("postgres/cluster/postmaster.pid");
        try {
            List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
            return lines.isEmpty()
                    ? List.of()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).stream()
                            .filter(first -> first.info()
                                    .commandLine()
                                    .orElse("postgres")
                                    .contains("postgres"))
                            .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(pidFile + " cannot be read", e);
        }
    }

    private void awaitEnd(Part part) {
        long deadline = System.nanoTime() + STOP.toNanos();
        while (handles(part).stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() - deadline > 0) {
                throw new SoakBroken(part + " survives a kill");
            }
            Pause.millis(20);
        }
    }
}
