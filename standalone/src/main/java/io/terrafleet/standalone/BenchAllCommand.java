package io.terrafleet.standalone;

import io.terrafleet.standalone.figures.Archive;
import io.terrafleet.standalone.figures.Comparison;
import io.terrafleet.standalone.figures.Kind;
import io.terrafleet.standalone.figures.Measuring;
import io.terrafleet.standalone.figures.Page;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints one page of figures, and how it compares with an earlier one. */
@Command(
        name = "all",
        description = {
            "Runs the benchmarks one after the other and prints one page. With --brief a quarter of an hour, else most of one.",
            "The exit code is 1 when a promise does not hold, or a figure is much worse than on the earlier page."
        })
final class BenchAllCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Some of them: policy, cost, drain, …")
    List<String> only = new ArrayList<>();

    @Option(names = "--brief", description = "Smaller numbers of runs, workspaces and requests.")
    boolean brief;

    @Option(names = "--write", description = "Keeps the page as docs/benchmarks/DATE-MACHINE.md and .json.")
    boolean write;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "The JSON of an earlier page; without it the last one in docs/benchmarks that is of the same numbers.")
    @Nullable
    Path compare;

    @Option(
            names = "--most-minutes",
            paramLabel = "M",
            defaultValue = "20",
            description = "What takes longer is ended (20).")
    int mostMinutes = 20;

    @Option(names = "--json", description = "The page as JSON on standard output.")
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        List<Kind> kinds = kinds(line);
        Optional<Page> earlier = compare == null ? Archive.of(benchmarks()).last(brief) : Optional.of(earlier(compare));
        if (mostMinutes < 1 || mostMinutes > 600) {
            throw new CommandLine.ParameterException(line, "--most-minutes goes from 1 to 600");
        }
        Page page = measured(kinds, line.getErr());
        PrintWriter out = line.getOut();
        out.print(json ? page.json() : String.join("\n", page.lines()) + "\n");
        Optional<Comparison> comparison = earlier.map(before -> Comparison.of(before, page));
        if (write) {
            keep(page, comparison, line.getErr());
        }
        comparison.ifPresent(found -> found.lines().forEach((json ? line.getErr() : out)::println));
        out.flush();
        line.getErr().flush();
        return page.holds() && comparison.map(Comparison::holds).orElse(true) ? 0 : 1;
    }

    private List<Kind> kinds(CommandLine line) {
        List<String> words = Arrays.stream(Kind.values()).map(Kind::word).toList();
        only.stream().filter(name -> !words.contains(name)).findFirst().ifPresent(name -> {
            throw new CommandLine.ParameterException(
                    line, "there is no benchmark \"" + name + "\" here; there are " + String.join(", ", words));
        });
        return Arrays.stream(Kind.values())
                .filter(kind -> only.isEmpty() || only.contains(kind.word()))
                .toList();
    }

    private static Page earlier(Path file) {
        try {
            return Page.read(file);
        } catch (IOException e) {
            throw new PlatformUnusable(file + " is no page of figures: " + e.getMessage(), e);
        }
    }

    private Page measured(List<Kind> kinds, PrintWriter err) {
        List<Page.Result> results = new ArrayList<>();
        try (TemporaryDirectory scratch = TemporaryDirectory.make("terrafleet-figures-")) {
            Measuring measuring = new Measuring(
                    PlatformOptions.root().resolve("terrafleet"), scratch.path(), Duration.ofMinutes(mostMinutes));
            for (Kind kind : kinds) {
                err.println("  bench " + kind.word());
                err.flush();
                results.add(measuring.measure(kind, brief));
            }
        }
        String date =
                LocalDate.ofInstant(Wiring.clock().instant(), ZoneOffset.UTC).toString();
        return new Page(date, machine(), brief, results);
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        String memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? ", " + Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB"
                        : "";
        return name() + ": " + runtime.availableProcessors() + " processors" + memory + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "machine"; // it has no name of its own
        }
    }

    private static Path benchmarks() {
        return PlatformOptions.root().resolve("docs/benchmarks");
    }

    private static void keep(Page page, Optional<Comparison> comparison, PrintWriter err) throws IOException {
        Path directory = Files.createDirectories(benchmarks());
        String name = page.date() + "-" + name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        List<String> lines = new ArrayList<>(page.lines());
        comparison.ifPresent(found -> {
            lines.addAll(List.of("", "## What moved", "", "```"));
            lines.addAll(found.lines());
            lines.add("```");
        });
        Files.writeString(directory.resolve(name + ".md"), String.join("\n", lines) + "\n");
        Files.writeString(directory.resolve(name + ".json"), page.json());
        err.println("  kept as " + directory.resolve(name + ".md") + " and .json");
    }
}
