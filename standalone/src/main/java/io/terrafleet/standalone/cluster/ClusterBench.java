package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.cluster.PodWatch.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * From POST run to terraform's first byte, split by what was seen on the way, and a bare Job of the same image beside it. Then many runs at
 * once, of which none may be lost or overtake another of its workspace.
 */
final class ClusterBench {
    private static final String CONFIGURATION = "resource \"terraform_data\" \"a\" { input = \"x\" }\n";
    private static final double ALLOWANCE = 1.0;

    private final Trial trial;
    private final Consumer<String> progress;
    private final Map<String, List<Double>> series = new LinkedHashMap<>();

    ClusterBench(Trial trial, Consumer<String> progress) {
        this.trial = trial;
        this.progress = progress;
    }

    /**
     * Medians in seconds, and the promises.
     *
     * @param lost how many of the runs at once did not come to their end
     * @param overtaken how many began to plan before an earlier one of their workspace was over
     */
    record Result(Map<String, Double> medians, int atOnce, int lost, int overtaken, double seconds) {
        boolean fast() {
            return medians.getOrDefault("POST run to terraform's first byte", Double.MAX_VALUE)
                    <= medians.getOrDefault("bare Job: created to container started", 0.0) + ALLOWANCE;
        }

        boolean holds() {
            return fast() && lost == 0 && overtaken == 0;
        }
    }

    Result measure(int rounds, int atOnce) {
        try (PodWatch runs = new PodWatch(trial.site().kubectl(), trial.site().runs(), "terrafleet.io/run");
                PodWatch bare =
                        new PodWatch(trial.site().kubectl(), trial.site().runs(), "job-name")) {
            for (int round = 1; round <= rounds; round++) {
                bareJob(round, bare);
                oneRun(round, runs);
                progress.accept("round " + round + " of " + rounds);
            }
        }
        Instant begin = Wiring.clock().instant();
        List<Run> many = manyAtOnce(atOnce);
        Map<String, Double> medians = new LinkedHashMap<>();
        series.forEach((name, seconds) -> medians.put(name, median(seconds)));
        return new Result(
                medians,
                atOnce,
                (int) many.stream()
                        .filter(run -> !run.status().equals("planned_and_finished")
                                && !run.status().equals("applied"))
                        .count(),
                overtaken(many),
                seconds(begin, Wiring.clock().instant()));
    }

    private void oneRun(int round, PodWatch watch) {
        Instant asked = Wiring.clock().instant();
        Trial.Started run = trial.start("bench-" + round, CONFIGURATION, Map.of("plan-only", true));
        Instant posted = Wiring.clock().instant();
        String plan = trial.until(run, "begun", now -> now.planId().isPresent())
                .planId()
                .orElseThrow();
        Instant spoke = trial.await(
                "terraform's first byte",
                () -> trial.log("plans/" + plan).contains("Terraform ")
                        ? Optional.of(Wiring.clock().instant())
                        : Optional.empty());
        Instant exists = step(watch, run.id(), Step.EXISTS);
        Instant scheduled = step(watch, run.id(), Step.SCHEDULED);
        Instant started = step(watch, run.id(), Step.STARTED);
        add("POST run: answered", asked, posted);
        add("queue, Kafka, worker, API server: until the pod exists", posted, exists);
        add("until the pod is scheduled", exists, scheduled);
        add("until a container has started", scheduled, started);
        add("runner's start, claim, configuration: until the first byte", started, spoke);
        add("POST run to terraform's first byte", posted, spoke);
        trial.until(run, "over", Run::isFinal);
    }

    private Instant step(PodWatch watch, String key, Step step) {
        return trial.await("the pod of " + key + ": " + step, () -> watch.when(key, step));
    }

    /** Of the same terraform image, under the same standard, made and removed by kubectl. */
    private void bareJob(int round, PodWatch watch) {
        String name = ClusterTestCommand.organization();
        BareJob job = new BareJob(trial.site(), name, image());
        Instant begin = Wiring.clock().instant();
        job.create();
        try {
            Instant started = step(watch, name, Step.STARTED);
            add("bare Job: created to container started", begin, started);
        } finally {
            job.remove();
        }
        progress.accept("bare Job " + round);
    }

    /** The image of the terraform container of a run pod, as the worker's settings make it. */
    private String image() {
        JsonNode pods = trial.site()
                .kubectl()
                .get("-n", trial.site().runs(), "pods", "-l", "terrafleet.io/role=run")
                .path("items");
        for (JsonNode container : pods.path(0).path("spec").path("containers")) {
            if (container.path("name").asText().equals("terraform")) {
                return container.path("image").asText();
            }
        }
        return "hashicorp/terraform:" + trial.version();
    }

    private List<Run> manyAtOnce(int atOnce) {
        List<Trial.Started> started = new ArrayList<>();
        Trial.Started shared = trial.start("ordered", CONFIGURATION, Map.of("auto-apply", true));
        started.add(shared);
        for (int i = 1; i < atOnce; i++) {
            started.add(
                    i % 10 == 0
                            ? trial.again(shared, Map.of("auto-apply", true))
                            : trial.start("many-" + i, CONFIGURATION, Map.of("plan-only", true)));
        }
        progress.accept(atOnce + " runs are asked for");
        List<Run> over = new ArrayList<>();
        for (Trial.Started run : started) {
            over.add(trial.await(
                    "run " + run.id() + " to be over",
                    () -> Optional.of(trial.api().run(run.id())).filter(Run::isFinal)));
        }
        return over;
    }

    /** Of the runs of one workspace, which were asked for one after another. */
    private static int overtaken(List<Run> runs) {
        int overtaken = 0;
        Optional<Instant> before = Optional.empty();
        for (int i = 0; i < runs.size(); i += 10) {
            Optional<Instant> planning = reached(runs.get(i), "planning");
            if (before.isPresent() && planning.isPresent() && planning.get().isBefore(before.get())) {
                overtaken++;
            }
            before = planning;
        }
        return overtaken;
    }

    private static Optional<Instant> reached(Run run, String status) {
        return run.timeline().stream()
                .filter(reached -> reached.status().equals(status))
                .map(Run.Reached::at)
                .findFirst();
    }

    private void add(String name, Instant from, Instant to) {
        series.computeIfAbsent(name, any -> new ArrayList<>()).add(seconds(from, to));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    static double median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
