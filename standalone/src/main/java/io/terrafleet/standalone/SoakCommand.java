package io.terrafleet.standalone;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.soak.Soak;
import io.terrafleet.standalone.soak.SoakSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the platform as separate processes in bad weather, and says which promises broke. */
@Command(
        name = "soak",
        description = {
            "Runs the platform as separate processes (broker, database, four services, runners, a simulated and the real terraform)",
            "and lets bad things happen to them: kill -9, pauses, restarts, slow, cut and silent networks, records that come again.",
            "Then a checker reads everything that is left. The exit code is 1 when a promise was broken. Linux only."
        })
final class SoakCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Which troubles, in which order; by chance if absent.")
    @Nullable
    Long seed;

    @Option(names = "--runs", paramLabel = "N", description = "How many runs are started; 1 to 100,000 (1,000).")
    int runs = 1_000;

    @Option(names = "--minutes", paramLabel = "M", description = "Longest time in which runs are started (60).")
    int minutes = 60;

    @Option(names = "--workspaces", paramLabel = "N", description = "Workspaces of the simulated terraform (6).")
    int workspaces = 6;

    @Option(names = "--brief", description = "No trouble lasts longer than five seconds.")
    boolean brief;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "An empty directory for all of it, kept. Default: one that is removed when nothing broke.")
    @Nullable
    Path data;

    @Option(names = "--json", description = "The summary as JSON on standard output.")
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        within(line, "--runs", runs, 1, 100_000);
        within(line, "--minutes", minutes, 1, 10_000);
        within(line, "--workspaces", workspaces, 1, 200);
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            throw new PlatformUnusable("the soak finds and stops processes by /proc, which this machine does not have");
        }
        long chosen = seed == null ? Wiring.clock().millis() : seed;
        Path directory = data == null ? Files.createTempDirectory("terrafleet-soak-") : empty(data);
        PrintWriter err = line.getErr();
        long begin = System.nanoTime();
        say(err, begin, "seed " + chosen + ", data in " + directory);
        Soak.Wish wish = new Soak.Wish(chosen, runs, Duration.ofMinutes(minutes), workspaces, brief);
        SoakSummary summary =
                new Soak(PlatformOptions.root(), directory, wish, progress -> say(err, begin, progress)).run();
        PrintWriter out = line.getOut();
        out.println(
                json ? new String(Json.write(summary), StandardCharsets.UTF_8) : String.join("\n", summary.lines()));
        out.flush();
        if (summary.holds() && data == null) {
            delete(directory);
        }
        return summary.holds() ? 0 : 1;
    }

    private static void say(PrintWriter err, long begin, String progress) {
        err.printf("  %4d s  %s%n", (System.nanoTime() - begin) / 1_000_000_000, progress);
        err.flush();
    }

    private static Path empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new PlatformUnusable(directory + " is not empty; a round begins with nothing");
            }
        }
        return directory;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path each : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void within(CommandLine line, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandLine.ParameterException(
                    line, "%s goes from %,d to %,d, and is %,d".formatted(option, least, most, value));
        }
    }
}
