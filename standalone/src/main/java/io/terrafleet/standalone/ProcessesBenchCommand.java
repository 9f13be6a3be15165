package io.terrafleet.standalone;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.bench.Measured;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import io.terrafleet.standalone.soak.Processes;
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

/** Starts each process of the platform and looks at its memory. */
@Command(
        name = "processes",
        description = {
            "How long each of the four services takes to be ready, and the platform in one process; and what memory each has, idle.",
            "Linux only. The exit code is 1 when a promise does not hold on this machine."
        })
final class ProcessesBenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            throw new PlatformUnusable("memory is read from /proc, which this machine does not have");
        }
        try (TemporaryDirectory directory = TemporaryDirectory.make("terrafleet-processes-")) {
            Measured measured = new Processes(PlatformOptions.root(), directory.path(), progress -> {
                        err.println("  " + progress);
                        err.flush();
                    })
                    .measure();
            if (json) {
                out.println(new String(Json.write(measured), StandardCharsets.UTF_8));
            } else {
                measured.figures()
                        .forEach((figure, value) -> out.printf(Locale.ROOT, "  %-34s %10.2f%n", figure, value));
                measured.promises()
                        .forEach((promise, kept) -> out.println("  " + (kept ? "holds   " : "BROKEN  ") + promise));
            }
            out.flush();
            return measured.holds() ? 0 : 1;
        }
    }
}
