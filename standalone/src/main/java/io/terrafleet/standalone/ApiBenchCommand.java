package io.terrafleet.standalone;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.bench.ApiData;
import io.terrafleet.standalone.bench.ApiReads;
import io.terrafleet.standalone.bench.Measured;
import io.terrafleet.standalone.platform.Platform;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills a platform of its own as a large company would in a year, reads it over HTTP, and says how fast that is. */
@Command(
        name = "api",
        description = {
            "How fast a large installation is read over HTTP, the client on the same machine.",
            "Organizations, workspaces, runs and states are generated. The exit code is 1 when a promise does not hold on this machine."
        })
final class ApiBenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(
            names = "--workspaces",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many workspaces; 1,000 to 1,000,000 (100,000).")
    int workspaces = 100_000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many runs in them; as many as workspaces, up to 10,000,000 (1,000,000).")
    int runs = 1_000_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many requests of each kind, after half as many to warm up (1,000).")
    int requests = 1_000;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Keeps what is generated there; a later call reads it again instead of generating it.")
    @Nullable
    Path directory;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        within(line, "--workspaces", workspaces, 1_000, 1_000_000);
        within(line, "--runs", runs, workspaces, 10_000_000);
        within(line, "--requests", requests, 20, 100_000);
        PrintWriter err = line.getErr();
        try (ApiData data = directory == null ? ApiData.passing() : ApiData.kept(directory)) {
            return new Platform(options.passing(data.path(), Map.of(), data.adminToken())).run(platform -> {
                Measured measured = new ApiReads(workspaces, runs, requests).measure(platform, progress -> {
                    err.println("  " + progress);
                    err.flush();
                });
                PrintWriter out = line.getOut();
                out.println(json ? new String(Json.write(measured), StandardCharsets.UTF_8) : ApiReads.table(measured));
                out.flush();
                return measured.holds() ? 0 : 1;
            });
        }
    }

    private static void within(CommandLine line, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandLine.ParameterException(
                    line, "%s goes from %,d to %,d, and is %,d".formatted(option, least, most, value));
        }
    }
}
