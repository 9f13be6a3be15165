package io.terrafleet.jmh;

import io.terrafleet.contracts.Json;
import io.terrafleet.jmh.Measurement.Effort;
import io.terrafleet.jmh.Measurement.Figure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code ./terrafleet bench jmh}. */
@Command(
        name = "jmh",
        description = {
            "How long single functions take, and how many bytes each call allocates: judging, redacting and pricing a plan, events,",
            "a run's states and rows, permissions, hiding and sealing of logs. Nothing is started but a JVM for each; two minutes in all.",
            "The figures are this machine's, and compare with others of this machine only."
        })
public final class Benchmarks implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description = "Only those in whose name it is found; the name is package, class and method.")
    Pattern filter = Pattern.compile(".*");

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    /** What a benchmark says to scripts, as the others do: names and figures; it promises nothing. */
    record Measured(String bench, int n, String method, Map<String, Double> figures, Map<String, Boolean> promises) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = line.getErr();
        List<Figure> figures = new Measurement(filter, Effort.SHORT, name -> {
                    err.println("  " + name);
                    err.flush();
                })
                .measure();
        if (figures.isEmpty()) {
            throw new CommandLine.ParameterException(line, "no benchmark has \"" + filter + "\" in its name");
        }
        PrintWriter out = line.getOut();
        if (json) {
            out.println(new String(Json.write(measured(figures)), StandardCharsets.UTF_8));
        } else {
            out.printf(Locale.ROOT, "%-32s %14s %14s %12s%n", "", "ns/op", "±", "B/op");
            figures.forEach(each -> out.printf(
                    Locale.ROOT,
                    "%-32s %,14.0f %,14.0f %,12.0f%n",
                    each.benchmark(),
                    each.nanoseconds(),
                    each.error(),
                    each.bytes()));
        }
        out.flush();
        return 0;
    }

    private static Measured measured(List<Figure> figures) {
        Map<String, Double> told = new LinkedHashMap<>();
        figures.forEach(each -> {
            told.put(each.benchmark() + ", nanoseconds", each.nanoseconds());
            told.put(each.benchmark() + ", bytes", each.bytes());
        });
        return new Measured(
                "jmh",
                figures.size(),
                "JMH, average time, one JVM each: two rounds of a second to warm up, three to measure",
                told,
                Map.of());
    }
}
