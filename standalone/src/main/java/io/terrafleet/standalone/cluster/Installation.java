package io.terrafleet.standalone.cluster;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Brings the overlay for tests into a cluster and waits until its services are ready. */
record Installation(Kubectl kubectl, Path overlay, String services) {
    private static final List<String> DEPLOYMENTS =
            List.of("api-service", "run-worker", "policy-service", "cost-service");

    static Installation of(Kubectl kubectl, Path root, String services) {
        return new Installation(kubectl, root.resolve("k8s/overlays/cluster-test"), services);
    }

    void apply(Duration patience) {
        if (!kubectl.says("get", "namespace", services).well()) {
            must("create", "namespace", services);
        }
        if (!kubectl.says("-n", services, "get", "secret", "terrafleet").well()) {
            must(
                    "-n",
                    services,
                    "create",
                    "secret",
                    "generic",
                    "terrafleet",
                    "--from-literal=internal-key=" + Wiring.secret(36),
                    "--from-literal=admin-token=" + Wiring.secret(30),
                    "--from-literal=database-password=" + Wiring.secret(24));
        }
        must("-n", services, "delete", "jobs", "terrafleet-migrate", "kafka-topics", "--ignore-not-found");
        must("apply", "-k", overlay.toString());
        for (String deployment : DEPLOYMENTS) {
            ready(deployment, patience);
        }
    }

    private void ready(String deployment, Duration patience) {
        long left = Math.max(1, patience.toSeconds() / 45);
        Kubectl.Said said = rollout(deployment);
        while (!said.well() && left > 0) {
            left--;
            said = rollout(deployment);
        }
        if (!said.well()) {
            throw new PlatformUnusable("The deployment " + deployment + " does not become ready: "
                    + said.errors().strip() + "\nLook with: kubectl -n " + services + " get pods; kubectl -n "
                    + services + " describe deploy/" + deployment);
        }
    }

    private Kubectl.Said rollout(String deployment) {
        return kubectl.says("-n", services, "rollout", "status", "deploy/" + deployment, "--timeout=45s");
    }

    private void must(String... arguments) {
        Kubectl.Said said = kubectl.says(arguments);
        if (!said.well()) {
            throw new PlatformUnusable("kubectl " + arguments[0] + " failed: "
                    + said.errors().strip() + "\nk8s/preflight says what a cluster must allow.");
        }
    }
}
