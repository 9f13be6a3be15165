package io.terrafleet.standalone;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.bench.Bench;
import io.terrafleet.standalone.bench.Measured;
import io.terrafleet.standalone.cluster.ClusterBenchCommand;
import io.terrafleet.standalone.platform.Platform;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a platform of its own, measures it against bare terraform and stops it. */
@Command(
        name = "bench",
        subcommands = {
            ApiBenchCommand.class,
            ClusterBenchCommand.class,
            PipelineBenchCommand.class,
            ProcessesBenchCommand.class,
            BenchAllCommand.class
        },
        description = {
            "Measures the platform against bare terraform in the same run.",
            "run-latency: what a run costs on top.  drain: how fast many runs in many workspaces are done.",
            "webhooks: how fast deliveries are answered, and a push becomes a plan.",
            "logs: how fast a log is written while a hundred read it.",
            "api: how fast a large installation is read.  cluster: where a run's time goes in a Kubernetes cluster.",
            "pipeline: simulated runs through four processes.  processes: start and memory of each.  all: one page of all figures.",
            "The exit code is 1 when a promise does not hold on this machine."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "run-latency, drain, webhooks, logs, api or cluster")
    String name = "";

    @Option(
            names = "--n",
            paramLabel = "N",
            description = "How many: rounds (20), workspaces (50), deliveries (1,000) or MiB of log (100).")
    @Nullable
    Integer n;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Bench bench = Arrays.stream(Bench.values())
                .filter(each -> each.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        line,
                        "there is no benchmark \"" + name + "\"; there are "
                                + Arrays.stream(Bench.values()).map(Bench::word).collect(Collectors.joining(", "))
                                + ", api and cluster"));
        int count = n == null ? bench.usualN() : n;
        if (count < 2 || count > 1000) {
            throw new CommandLine.ParameterException(line, "--n goes from 2 to 1000");
        }
        PrintWriter err = line.getErr();
        try (TemporaryDirectory data = TemporaryDirectory.make("terrafleet-bench-");
                TemporaryDirectory scratch = TemporaryDirectory.make("terrafleet-bare-")) {
            return new Platform(options.passing(data.path(), bench.settings())).run(platform -> {
                Measured measured = bench.measure(platform, scratch.path(), count, progress -> {
                    err.println("  " + progress);
                    err.flush();
                });
                tell(measured, line.getOut());
                return measured.holds() ? 0 : 1;
            });
        }
    }

    private void tell(Measured measured, PrintWriter out) {
        if (json) {
            out.println(new String(Json.write(measured), StandardCharsets.UTF_8));
        } else {
            out.println(measured.bench() + ", n = " + measured.n() + ": " + measured.method());
            measured.figures().forEach((figure, value) -> out.printf(Locale.ROOT, "  %-30s %8.3f%n", figure, value));
            if (!measured.stages().isEmpty()) {
                out.println("  median seconds of the platform's runs, state by state:");
            }
            measured.stages().forEach((state, value) -> out.printf(Locale.ROOT, "    %-28s %8.3f%n", state, value));
            measured.promises()
                    .forEach((promise, kept) -> out.println("  " + (kept ? "holds   " : "BROKEN  ") + promise));
        }
        out.flush();
    }
}
