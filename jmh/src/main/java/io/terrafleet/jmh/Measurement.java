package io.terrafleet.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks, each by itself. */
final class Measurement {
    private static final String BYTES = "gc.alloc.rate.norm";

    private final Pattern filter;
    private final Effort effort;
    private final Consumer<String> progress;

    /** How long each of them takes. */
    enum Effort {
        /** In a JVM of its own: two seconds to warm up, three to measure. */
        SHORT,
        /** Once, in this JVM. What it says is of no use but that the benchmark works. */
        BLINK
    }

    /**
     * What one operation takes.
     *
     * @param error half of the 99.9 % confidence interval, nanoseconds; not a number where one round says nothing of it
     * @param bytes that it allocates
     */
    record Figure(String benchmark, double nanoseconds, double error, double bytes) {}

    /** @param filter what is to be found in the name of a benchmark, package and class with it */
    Measurement(Pattern filter, Effort effort, Consumer<String> progress) {
        this.filter = filter;
        this.effort = effort;
        this.progress = progress;
    }

    /** @throws RunnerException when one of them fails */
    List<Figure> measure() throws RunnerException {
        List<Figure> figures = new ArrayList<>();
        for (String name : names()) {
            progress.accept(shortened(name));
            Collection<RunResult> results = new Runner(options(name).build(), silent()).run();
            results.forEach(result -> figures.add(figure(name, result)));
        }
        return figures;
    }

    private List<String> names() {
        return BenchmarkList.defaultList().find(silent(), List.of(filter.pattern()), List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .distinct()
                .toList();
    }

    private OptionsBuilder options(String name) {
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + Pattern.quote(name) + "$")
                .addProfiler(GCProfiler.class)
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true);
        switch (effort) {
            case SHORT ->
                options.mode(Mode.AverageTime)
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1));
            case BLINK ->
                options.mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("resources", "100");
        }
        return options;
    }

    private static OutputFormat silent() {
        return OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    }

    private static Figure figure(String name, RunResult result) {
        double bytes = Double.NaN;
        for (String label : result.getSecondaryResults().keySet()) {
            if (label.endsWith(BYTES)) {
                bytes = result.getSecondaryResults().get(label).getScore();
            }
        }
        return new Figure(
                shortened(name) + parameters(result.getParams()),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                bytes);
    }

    private static String parameters(BenchmarkParams params) {
        Map<String, String> said = new TreeMap<>();
        params.getParamsKeys().forEach(key -> said.put(key, params.getParam(key)));
        return said.entrySet().stream()
                .map(each -> ", " + each.getValue() + " " + each.getKey())
                .collect(Collectors.joining());
    }

    /** {@code Rule.judge} of {@code io.terrafleet.policy.evaluation.RuleBenchmark.judge}. */
    private static String shortened(String name) {
        String[] words = name.split("\\.", -1);
        return words[words.length - 2].replace("Benchmark", "") + "." + words[words.length - 1];
    }
}
