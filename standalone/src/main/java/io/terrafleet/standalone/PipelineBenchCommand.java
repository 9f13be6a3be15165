package io.terrafleet.standalone;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.bench.Measured;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import io.terrafleet.standalone.soak.Pipeline;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the platform as separate processes and many runs of a simulated terraform through them. */
@Command(
        name = "pipeline",
        description = {
            "How many runs a minute go through queue, broker and judges, with four services as processes and a terraform that only",
            "speaks; the same with threads in place of worker, runners and terraform; and what memory each process has.",
            "Linux only. The exit code is 1 when a promise does not hold on this machine."
        })
final class PipelineBenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "How many runs; 1 to 100,000 (400).")
    int runs = 400;

    @Option(
            names = "--simulated",
            paramLabel = "N",
            description = "How many runs without processes; 1 to 100,000 (3,000).")
    int simulated = 3_000;

    @Option(names = "--workspaces", paramLabel = "N", description = "In how many workspaces; 1 to 10,000 (40).")
    int workspaces = 40;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (runs < 1
                || runs > 100_000
                || simulated < 1
                || simulated > 100_000
                || workspaces < 1
                || workspaces > 10_000) {
            throw new CommandLine.ParameterException(
                    line, "--runs and --simulated go from 1 to 100,000 and --workspaces from 1 to 10,000");
        }
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            throw new PlatformUnusable("the processes are found by /proc, which this machine does not have");
        }
        try (TemporaryDirectory directory = TemporaryDirectory.make("terrafleet-pipeline-")) {
            Measured measured = new Pipeline(PlatformOptions.root(), directory.path(), progress -> {
                        line.getErr().println("  " + progress);
                        line.getErr().flush();
                    })
                    .measure(workspaces, runs, simulated);
            tell(measured, line.getOut());
            return measured.holds() ? 0 : 1;
        }
    }

    private void tell(Measured measured, PrintWriter out) {
        if (json) {
            out.println(new String(Json.write(measured), StandardCharsets.UTF_8));
        } else {
            out.println(measured.bench() + ", n = " + measured.n() + ": " + measured.method());
            measured.figures().forEach((figure, value) -> out.printf(Locale.ROOT, "  %-30s %10.2f%n", figure, value));
            measured.promises()
                    .forEach((promise, kept) -> out.println("  " + (kept ? "holds   " : "BROKEN  ") + promise));
        }
        out.flush();
    }
}
