package io.terrafleet.standalone;

import io.quarkus.runtime.Quarkus;
import io.terrafleet.standalone.platform.Platform;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the platform until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Runs the platform until Ctrl-C. Its data is kept, also over a kill -9.",
            "TERRAFLEET_ADMIN_TOKEN presets the site administrator's token; otherwise one is made and printed at the first start."
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Mixin
    ReachOptions reach = new ReachOptions();

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Where everything lasting is kept. Default: .terrafleet/data in the project.")
    @Nullable
    Path data;

    @Override
    public Integer call() {
        Path directory = data == null ? PlatformOptions.root().resolve(".terrafleet/data") : data;
        return new Platform(options.lasting(directory, reach.reach())).run(platform -> {
            tell(platform);
            Quarkus.waitForExit();
            return 0;
        });
    }

    private void tell(RunningPlatform platform) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Terrafleet is ready after %.1f s.%n",
                platform.startup().toMillis() / 1000.0);
        out.println("  pages  " + platform.url() + "/app");
        out.println("  API    " + platform.url() + "/api/v2");
        out.println("  token  "
                + (platform.adminTokenIsNew()
                        ? platform.adminToken().orElseThrow() + "   (site administrator; shown this once)"
                        : platform.adminToken().isPresent()
                                ? "as preset by TERRAFLEET_ADMIN_TOKEN"
                                : "as printed at the first start; another with TERRAFLEET_ADMIN_TOKEN=…"));
        platform.authority().ifPresent(authority -> {
            out.println("  trust  " + authority + "   (this installation's own certificate authority)");
            out.println("         terraform: SSL_CERT_FILE=" + authority + " terraform login "
                    + platform.url().getAuthority());
        });
        out.println("  data   " + platform.data());
        out.println("  log    " + platform.log());
        out.println("Ctrl-C stops it.");
        out.flush();
    }
}
