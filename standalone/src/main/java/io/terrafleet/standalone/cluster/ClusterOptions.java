package io.terrafleet.standalone.cluster;

import io.terrafleet.standalone.platform.PlatformUnusable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the installation is. */
final class ClusterOptions {
    @Option(names = "--namespace", paramLabel = "NAME", description = "Namespace of the services (terrafleet).")
    String services = "terrafleet";

    @Option(names = "--runs", paramLabel = "NAME", description = "Namespace of the run pods (terrafleet-runs).")
    String runs = "terrafleet-runs";

    @Option(names = "--kubectl", paramLabel = "PROGRAM", description = "The kubectl to use (the first on the PATH).")
    String kubectl = "kubectl";

    @Option(names = "--url", paramLabel = "URL", description = "The API's address; without it a port is forwarded.")
    @Nullable
    URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A site administrator's token; without it the Secret's.")
    @Nullable
    String token;

    @Option(
            names = "--terraform-version",
            paramLabel = "VERSION",
            description = "A version whose image the nodes have or can pull (1.11.4).")
    String version = "1.11.4";

    @Option(
            names = "--install",
            description = {
                "Installs k8s/overlays/cluster-test first: all in the cluster, nothing kept,",
                "neither a storage class nor an operator needed. Its images must be on the nodes."
            })
    boolean install;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "Longest wait for one thing (300).")
    int patience = 300;

    Site site() {
        Kubectl reached = Kubectl.reaching(kubectl);
        if (install) {
            Installation.of(reached, Path.of(System.getProperty("terrafleet.root", ".")), services)
                    .apply(patience());
        }
        return Site.of(reached, services, runs, url, token);
    }

    Duration patience() {
        if (patience < 10 || patience > 3600) {
            throw new PlatformUnusable("--patience goes from 10 to 3600 seconds and is " + patience + ".");
        }
        return Duration.ofSeconds(patience);
    }
}
