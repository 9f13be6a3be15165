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
 * How many runs a minute go through queue, broker, both judges and back, the platform as processes of its own: once with a worker that
 * starts a runner and a terraform that does nothing but speak, twice each run; and once with {@link SimulatedRunners} in their place, since
 * most of the former is what it costs to start processes. No troubles, and no proxies between the processes.
 */
public final class Pipeline {
    private static final long PATIENCE_NANOS = 900_000_000_000L;
    /** The api and the judges are compiled by then. */
    private static final int WARM_UP = 1_000;

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

    /**
     * @param runs with processes, in all; as many in each workspace, one after the other there
     * @param simulated runs without
     */
    public Measured measure(int workspaces, int runs, int simulated) {
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
            through(api, places, workspaces, () -> {});
            progress.accept(runs + " runs");
            double seconds = through(api, places, runs, () -> {});
            figures.put("runsPerMinute", runs / seconds * 60);
            figures.put("secondsInAll", seconds);
            memory(fleet, "busy", figures);
            fleet.stop(Part.WORKER);
            simulated(settings, api, places, simulated, figures);
            return measured(simulated, figures);
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void simulated(
            Settings settings, TfeClient api, List<Stage.Place> places, int runs, Map<String, Double> figures) {
        try (SimulatedRunners runners = SimulatedRunners.start(settings)) {
            int few = Math.min(runs, WARM_UP);
            progress.accept("warming up: " + few + " runs with simulated runners");
            through(api, places, few, runners::check);
            progress.accept(runs + " runs with simulated runners");
            double seconds = through(api, places, runs, runners::check);
            figures.put("simulatedRunsPerMinute", runs / seconds * 60);
            figures.put("simulatedSecondsInAll", seconds);
        }
    }

    /**
     * @param check throws when there is no use in waiting any longer
     * @return seconds from the first request until the last run is over
     */
    private double through(TfeClient api, List<Stage.Place> places, int runs, Runnable check) {
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
            check.run();
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
        promises.put(
                "3,000 simulated runs a minute", figures.getOrDefault("simulatedRunsPerMinute", 0.0) >= RUNS_A_MINUTE);
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
                "auto-apply runs in six processes, from the first request until the last is over: runsPerMinute with a runner process"
                        + " and a terraform that only speaks for each phase, simulatedRunsPerMinute (n of them) with threads that claim and"
                        + " report in place of worker, runners and terraform",
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
