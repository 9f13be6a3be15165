package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How long many runs in as many workspaces take from the first request until the last is applied, against bare terraform doing
 * the same number, two at a time. Half of the bare ones go before and half after, so that both sides meet the same machine; three times,
 * for no machine is the same from one minute to the next, and the median of the three ratios counts.
 */
final class Drain {
    private static final int BARE_AT_A_TIME = 2;
    /** The judges, the queue and the pages' parts are compiled by then; bare terraform has nothing to warm but the disk. */
    private static final int WARM_UP = 3;

    private static final int ROUNDS = 3;

    private static final double ALLOWED_RATIO = 1.5;

    Measured measure(RunningPlatform platform, Path scratch, int n, Consumer<String> progress) {
        String mainTf = Bench.configuration();
        BareTerraform bare = BareTerraform.running(mainTf);
        try (Yardstick yardstick = new Yardstick(platform, mainTf)) {
            progress.accept("making " + n + " workspaces");
            List<Yardstick.Prepared> workspaces = IntStream.range(0, n)
                    .mapToObj(number -> yardstick.prepare("drain-" + number))
                    .toList();
            for (int round = 1; round <= WARM_UP; round++) {
                progress.accept("warming up, round " + round + " of " + WARM_UP + " through all of them, not counted");
                platform(yardstick, workspaces);
            }
            bare.applied(scratch.resolve("warm-up"));
            yardstick.forgetStages();
            List<Round> rounds = IntStream.rangeClosed(1, ROUNDS)
                    .mapToObj(number -> round(number, bare, scratch, yardstick, workspaces, progress))
                    .toList();
            return result(n, rounds, yardstick.stages().medians());
        }
    }

    private record Round(double bareSeconds, double platformSeconds) {
        double ratio() {
            return platformSeconds / bareSeconds;
        }
    }

    private static Round round(
            int number,
            BareTerraform bare,
            Path scratch,
            Yardstick yardstick,
            List<Yardstick.Prepared> workspaces,
            Consumer<String> progress) {
        int n = workspaces.size();
        Path place = scratch.resolve("round" + number);
        String which = "round " + number + " of " + ROUNDS + ": ";
        progress.accept(which + "bare terraform, first half");
        double before = bare(bare, place, 0, n / 2);
        progress.accept(which + "the platform");
        double platformSeconds = platform(yardstick, workspaces);
        progress.accept(which + "bare terraform, second half");
        return new Round(before + bare(bare, place, n / 2, n), platformSeconds);
    }

    /** Until the last run was applied, by the platform's own note of the time. */
    private static double platform(Yardstick yardstick, List<Yardstick.Prepared> workspaces) {
        Instant begin = yardstick.now();
        List<Run> started = workspaces.stream()
                .map(workspace -> yardstick.start(workspace, false))
                .toList();
        yardstick.untilAllFinal();
        return started.stream()
                .map(run -> yardstick.finished(run.id(), "applied"))
                .mapToDouble(run -> Yardstick.seconds(begin, run, "applied"))
                .max()
                .orElseThrow();
    }

    private static double bare(BareTerraform bare, Path scratch, int from, int to) {
        long begin = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(BARE_AT_A_TIME)) {
            List<Future<Double>> all = IntStream.range(from, to)
                    .mapToObj(number -> pool.submit(() -> bare.applied(scratch.resolve("bare" + number))))
                    .toList();
            for (Future<Double> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        } catch (ExecutionException e) {
            throw new PlatformUnusable("bare terraform failed: " + e.getCause(), e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Measured result(int n, List<Round> rounds, Map<String, Double> stages) {
        Series ratios = all(rounds, "ratio", Round::ratio);
        double platformSeconds = all(rounds, "platform", Round::platformSeconds).median();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("bareSeconds", all(rounds, "bare", Round::bareSeconds).median());
        figures.put("platformSeconds", platformSeconds);
        figures.put("drainRatio", ratios.median());
        figures.put("bestDrainRatio", ratios.quantile(0));
        figures.put("worstDrainRatio", ratios.quantile(1));
        figures.put("platformRunsPerMinute", n / platformSeconds * 60);
        return new Measured(
                "drain",
                n,
                "one run in each of n workspaces, auto-apply, after three such rounds of the same configuration to warm up; bare"
                        + " init+plan+show+apply, two at a time; medians of " + ROUNDS + " rounds",
                figures,
                stages,
                List.of(),
                Map.of(
                        "drained in at most " + ALLOWED_RATIO + " times bare terraform's time",
                        ratios.median() <= ALLOWED_RATIO));
    }

    private static Series all(List<Round> rounds, String what, Function<Round, Double> figure) {
        return new Series(what, rounds.stream().map(figure).toList());
    }
}
