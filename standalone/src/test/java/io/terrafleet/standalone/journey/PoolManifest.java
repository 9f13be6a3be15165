package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * {@code k8s/pool} as a kubelet understands it, on this build's files instead of the image's.
 *
 * @param container of the Deployment
 * @param settings the ConfigMap's
 */
record PoolManifest(Container container, Map<String, String> settings) {
    private static final Path POOL = TestPlatform.root().resolve("k8s/pool");
    /** What {@code Containerfile.service} copies to {@code /app}. */
    private static final Path IMAGE = TestPlatform.root().resolve("run-worker/target/quarkus-app");

    static PoolManifest orSkip() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(IMAGE), "skipped: " + IMAGE + " is absent; -Dservices.alone.skip=true leaves it out");
        Map<String, String> settings = new HashMap<>();
        Pattern.compile("(?m)^ +- (TERRAFLEET_[A-Z_]+)=(.*)$")
                .matcher(Files.readString(POOL.resolve("kustomization.yaml")))
                .results()
                .forEach(found -> settings.put(found.group(1), found.group(2)));
        for (String document : Files.readString(POOL.resolve("agent.yaml")).split("(?m)^---$")) {
            if (new KubernetesSerialization().unmarshal(document) instanceof Deployment deployment) {
                return new PoolManifest(
                        deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst(),
                        settings);
            }
        }
        throw new AssertionError(POOL + " has no Deployment");
    }

    /** The Deployment's command in the memory that its container has. */
    List<String> command() {
        List<String> command = new ArrayList<>(container.getCommand());
        assertThat(command.getFirst()).isEqualTo("java");
        assertThat(container.getArgs()).isEmpty();
        command.set(0, ProcessHandle.current().info().command().orElseThrow());
        command.replaceAll(word -> word.replaceAll("(^|:)/app/", "$1" + IMAGE + "/"));
        Quantity memory =
                Objects.requireNonNull(container.getResources().getLimits().get("memory"));
        command.add(1, "-XX:MaxRAM=" + memory.toString().replace("Mi", "m"));
        return command;
    }

    /** @param own what differs: of the same names, and of what the cluster would fill in */
    Process start(Map<String, String> own) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("TERRAFLEET_") || name.startsWith("KUBE"));
        environment.putAll(settings);
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        environment.putAll(own);
        environment.values().removeIf(String::isEmpty);
        return builder.start();
    }
}
