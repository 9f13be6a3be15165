package io.terrafleet.standalone.cluster;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./terrafleet test --cluster}. */
@Command(
        name = "cluster-test",
        description = {
            "Tries an installation in the cluster that KUBECONFIG names: plan, apply, cancel, kill and isolation.",
            "It makes an organization of its own and leaves it there. The exit code is 1 when a promise is not kept."
        })
public final class ClusterTestCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Site site = options.site();
                TfeClient api = new TfeClient(site.url(), site.token())) {
            String organization = organization();
            api.createOrganization(organization);
            out.println("The installation at " + site.url() + ", organization " + organization + ":");
            out.flush();
            Trial trial = new Trial(site, api, organization, options.version, options.patience());
            int failed = new Checks(trial).all((promise, trouble) -> {
                out.println(
                        trouble.isEmpty() ? "  ok      " + promise : "  FAILED  " + promise + "\n          " + trouble);
                out.flush();
            });
            out.println(failed == 0 ? "All promises are kept." : failed + " not kept.");
            out.flush();
            return failed == 0 ? 0 : 1;
        } catch (CheckFailed | ApiFailure e) {
            throw new PlatformUnusable(String.valueOf(e.getMessage()), e);
        }
    }

    static String organization() {
        return "cluster-" + Wiring.secret(6).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "0");
    }
}
