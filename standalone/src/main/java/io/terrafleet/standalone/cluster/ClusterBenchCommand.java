package io.terrafleet.standalone.cluster;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./terrafleet bench cluster}. */
@Command(
        name = "cluster",
        description = {
            "How long a run takes in the cluster that KUBECONFIG names, from POST run to terraform's first byte, and where the time goes;",
            "then many runs at once. The exit code is 1 when a promise does not hold there."
        })
public final class ClusterBenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ClusterOptions options = new ClusterOptions();

    @Option(names = "--n", paramLabel = "N", description = "How many rounds; 1 to 200 (10).")
    int rounds = 10;

    @Option(names = "--at-once", paramLabel = "N", description = "How many runs at once; 1 to 2000 (200).")
    int atOnce = 200;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (rounds < 1 || rounds > 200 || atOnce < 1 || atOnce > 2000) {
            throw new CommandLine.ParameterException(line, "--n goes from 1 to 200, --at-once from 1 to 2000");
        }
        try (Site site = options.site();
                TfeClient api = new TfeClient(site.url(), site.token())) {
            String organization = ClusterTestCommand.organization();
            api.createOrganization(organization);
            PrintWriter err = line.getErr();
            Trial trial = new Trial(site, api, organization, options.version, options.patience());
            ClusterBench.Result result = new ClusterBench(trial, told -> {
                        err.println("  " + told);
                        err.flush();
                    })
                    .measure(rounds, atOnce);
            tell(result, line.getOut());
            return result.holds() ? 0 : 1;
        } catch (CheckFailed | ApiFailure e) {
            throw new PlatformUnusable(String.valueOf(e.getMessage()), e);
        }
    }

    private void tell(ClusterBench.Result result, PrintWriter out) {
        if (json) {
            out.println(new String(Json.write(result), StandardCharsets.UTF_8));
        } else {
            out.println("median seconds:");
            result.medians().forEach((name, value) -> out.printf(Locale.ROOT, "  %-62s %8.3f%n", name, value));
            out.printf(Locale.ROOT, "%d runs at once were over after %.1f s%n", result.atOnce(), result.seconds());
            out.println(kept(result.fast()) + "terraform's first byte within a bare Job's start + 1 s at the median");
            out.println(kept(result.lost() == 0) + "no run is lost (" + result.lost() + ")");
            out.println(kept(result.overtaken() == 0) + "no run overtakes another of its workspace ("
                    + result.overtaken() + ")");
        }
        out.flush();
    }

    private static String kept(boolean holds) {
        return holds ? "  holds   " : "  BROKEN  ";
    }
}
