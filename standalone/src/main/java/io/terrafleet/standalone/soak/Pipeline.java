package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.bench.Measured;
import io.terrafleet.standalone.client.TfeClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many runs a minute go through queue, broker, both judges and back, the platform as processes of its own and terraform one that
 * does nothing but speak. No troubles, and no proxies between the processes.
 */
public final class Pipeline {
    private static final long PATIENCE_NANOS = 900_000_000_000L;
    private static final double IDLE_MEBIBYTES = 250;
    private static final double RUNS_A_MINUTE = 3_000;

    private final Path root;
    private final Path directory;
    private final Consumer<String> progress;

    /** @param root of the project, where the build left the services; {@code directory} is empty */
    public Pipeline(Path root, Path directory, Consumer<String> progress) {
        this.root = root;
        this.directory = directory.toAbsolutePath().normalize();
        this.progress = progress;
    }

    /** @param runs in all, as many in each workspace, one after the other there */
    public Measured measure(int workspaces, int runs) {
        Settings settings = new Settings(
                root,
                directory,
                Ports.find().direct(),
                Wiring.secret(10) + ".terrafleet." + Wiring.secret(36),
                Wiring.secret(32));
        Stage stage = Stage.prepare(settings);
        Fleet fleet = new Fleet(settings);
        Thread hook = new Thread(fleet::close, "end-of-pipeline");
        Runtime.getRuntime().addShutdownHook(hook);
        try (fleet;
                TfeClient api = new TfeClient(
                        URI.create("http://localhost:" + settings.ports().api()), settings.adminToken())) {
            long begin = System.nanoTime();
            fleet.startAll();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("sixProcessesReadySeconds", (System.nanoTime() - begin) / 1e9);
            memory(fleet, "idle", figures);
            List<Stage.Place> places = stage.plain(api, workspaces);
            progress.accept("warming up: one run in each of " + workspaces + " workspaces");
            through(api, places, workspaces);
            progress.accept(runs + " runs");
            double seconds = through(api, places, runs);
            figures.put("runsPerMinute", runs / seconds * 60);
            figures.put("secondsInAll", seconds);
            memory(fleet, "busy", figures);
            return measured(runs, figures);
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** @return seconds from the first request until the last run is over */
    private double through(TfeClient api, List<Stage.Place> places, int runs) {
        long begin = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            Stage.Place place = places.get(i % places.size());
            api.startRun(
                    place.workspace(),
                    place.configurations().getFirst(),
                    Map.of("message", "pipeline", "auto-apply", true));
        }
        while (api.hasUnfinishedRuns(Stage.ORGANIZATION)) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new SoakBroken("the runs are not over after 15 minutes");
            }
            Pause.millis(200);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        places.forEach(place -> api.runs(place.workspace()).stream()
                .filter(run -> !run.status().equals("applied"))
                .findFirst()
                .ifPresent(run -> {
                    throw new SoakBroken("run " + run.id() + " ended as " + run.status() + " and not applied");
                }));
        return seconds;
    }

    private static Measured measured(int runs, Map<String, Double> figures) {
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("3,000 simulated runs a minute", figures.getOrDefault("runsPerMinute", 0.0) >= RUNS_A_MINUTE);
        for (Part part : Part.values()) {
            if (part.isService()) {
                promises.put(
                        "idle " + part.word() + " under 250 MiB",
                        figures.getOrDefault(part.word() + "IdleMebibytes", Double.MAX_VALUE) < IDLE_MEBIBYTES);
            }
        }
        return new Measured(
                "pipeline",
                runs,
                "auto-apply runs of a terraform that only speaks, in six processes; from the first request until the last is over",
                figures,
                Map.of(),
                List.of(),
                promises);
    }

    private static void memory(Fleet fleet, String when, Map<String, Double> figures) {
        String word = when.substring(0, 1).toUpperCase(Locale.ROOT) + when.substring(1);
        for (Part part : Part.values()) {
            figures.put(
                    part.word() + word + "Mebibytes",
                    Memory.of(fleet.handles(part)).proportional());
        }
    }
}
