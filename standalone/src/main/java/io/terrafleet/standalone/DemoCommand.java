package io.terrafleet.standalone;

import io.quarkus.runtime.Quarkus;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.demo.Demo;
import io.terrafleet.standalone.demo.DemoSummary;
import io.terrafleet.standalone.demo.ProviderMirror;
import io.terrafleet.standalone.demo.Screen;
import io.terrafleet.standalone.platform.Platform;
import io.terrafleet.standalone.platform.RunningPlatform;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a platform of its own, plays the demo on it and stops it. */
@Command(
        name = "demo",
        description = {
            "Shows the platform at work: a real Terraform configuration is planned, priced, judged and applied,",
            "then a policy blocks a change. The exit code is 1 when anything differs from what the demo promises."
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(names = "--keep", description = "Leave the platform running at the end, until Ctrl-C.")
    boolean keep;

    @Option(names = "--json", description = "Only a JSON summary on standard output; the story goes to standard error.")
    boolean json;

    @Option(
            names = "--aws",
            description =
                    "A third act: a real AWS configuration is planned, priced and judged by the security standards.")
    boolean aws;

    @Override
    public Integer call() {
        PrintWriter story = json ? writer(System.err) : line().getOut();
        boolean colours = Boolean.getBoolean("terrafleet.terminal") && !json && System.getenv("NO_COLOR") == null;
        Screen screen = new Screen(story, colours);
        try (TemporaryDirectory data = TemporaryDirectory.make("terrafleet-demo-")) {
            return new Platform(options.passing(data.path(), providers())).run(platform -> play(platform, screen));
        }
    }

    private int play(RunningPlatform platform, Screen screen) {
        DemoSummary summary = new Demo(screen, aws).play(platform);
        if (!summary.ok()) {
            keepLog(platform);
            screen.line("The platform's log is kept as .terrafleet/demo.log");
        }
        if (json) {
            PrintWriter out = line().getOut();
            out.println(new String(Json.write(summary), StandardCharsets.UTF_8));
            out.flush();
        }
        if (keep) {
            screen.where(platform);
            Quarkus.waitForExit();
        }
        return summary.ok() ? 0 : 1;
    }

    /** Where the AWS provider comes from, when this machine has it; otherwise terraform asks the public registry. */
    private Map<String, String> providers() {
        return aws
                ? ProviderMirror.withAws(System.getenv())
                        .map(mirror ->
                                Map.of("terrafleet.worker.process.provider.filesystem-mirror", mirror.toString()))
                        .orElse(Map.of())
                : Map.of();
    }

    /** The log outlives the data of a demo that went wrong. */
    private static void keepLog(RunningPlatform platform) {
        Path kept = PlatformOptions.root().resolve(".terrafleet/demo.log");
        try {
            Files.createDirectories(kept.getParent());
            Files.copy(platform.log(), kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the platform's log cannot be kept as " + kept, e);
        }
    }

    private picocli.CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
