package io.terrafleet.standalone.tool;

import io.terrafleet.contracts.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast plans are priced. */
@Command(
        name = "cost",
        description = "Measures how fast plans are priced; the exit code is 1 when a promise does not hold.")
public final class CostBenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CostBench.Result result = new CostBench().measure();
        if (json) {
            out.println(new String(Json.write(result), StandardCharsets.UTF_8));
        } else {
            out.println("cost: " + result.method());
            result.figures().forEach((figure, value) -> out.printf(Locale.ROOT, "  %-40s %10.2f%n", figure, value));
            result.promises()
                    .forEach((promise, kept) -> out.println("  " + (kept ? "holds   " : "BROKEN  ") + promise));
        }
        out.flush();
        return result.promises().containsValue(false) ? 1 : 0;
    }
}
