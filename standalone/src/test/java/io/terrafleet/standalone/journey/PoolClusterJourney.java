package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.TarGz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code k8s/pool}: a worker in another cluster, as the process that its Deployment starts, makes the jobs of its pool pods there. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class PoolClusterJourney {
    @TempDir
    Path directory;

    /** The container of the Deployment, as the manifest has it. */
    private static Container container() throws IOException {
        Path manifest = TestPlatform.root().resolve("k8s/pool/agent.yaml");
        for (String document : Files.readString(manifest).split("(?m)^---$")) {
            if (new KubernetesSerialization().unmarshal(document) instanceof Deployment deployment) {
                return deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst();
            }
        }
        throw new AssertionError(manifest + " has no Deployment");
    }

    /** The manifest's command, on this build's jars instead of the image's. */
    private static List<String> command(Container container) {
        Path app = TestPlatform.root().resolve("standalone/target/quarkus-app");
        List<String> command = new ArrayList<>(container.getCommand());
        assertThat(command).startsWith("java").endsWith("io.terrafleet.worker.AgentMain");
        command.set(0, ProcessHandle.current().info().command().orElseThrow());
        command.replaceAll(word -> word.replace("/app/", app + "/"));
        return command;
    }

    private TestAgent agent(Running platform, String token, TestCluster cluster) throws IOException {
        Container container = container();
        Map<String, String> settings = new HashMap<>(cluster.environment());
        settings.put("TERRAFLEET_WORKER_AGENT_URL", platform.url().toString());
        settings.put("TERRAFLEET_WORKER_POD_NAMESPACE", TestCluster.NAMESPACE);
        settings.put("TERRAFLEET_WORKER_POD_INSTALLATION", "pool");
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx230m");
        for (EnvVar variable : container.getEnv()) {
            settings.put(
                    variable.getName(),
                    switch (variable.getName()) {
                        case "TERRAFLEET_WORKER_AGENT_TOKEN" -> token;
                        case "TERRAFLEET_WORKER_AGENT_NAME" -> "agent-in-cluster";
                        case "TERRAFLEET_WORKER_PROCESS_DATA" ->
                            directory.resolve("agent").toString();
                        default -> variable.getValue();
                    });
        }
        if (CliPlatform.HTTPS) {
            settings.put("SSL_CERT_FILE", platform.authority().toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command(container)).redirectErrorStream(true);
        builder.environment().putAll(settings);
        Process process = builder.start();
        return new TestAgent(process, new Screen("AgentMain", process));
    }

    private static Map<String, String> trust(Running platform) {
        return CliPlatform.HTTPS ? Map.of("SSL_CERT_FILE", platform.authority().toString()) : Map.of();
    }

    @Test
    void theRunsOfAPoolArePodsOfItsOwnCluster(Running platform) throws Exception {
        TestPool pool = TestPool.of(platform, "in-cluster");
        platform.calls()
                .send(
                        "PATCH",
                        "agent-pools/" + pool.id() + "/run-size",
                        TestPool.attributes(Map.of("memory-limit", "3Gi", "disk", "20Gi")));
        try (TestCluster cluster = new TestCluster(directory.resolve("pods"), trust(platform));
                TestAgent agent = agent(platform, pool.token(), cluster).ready()) {
            Run run = new TestWorkspace(platform.api(), pool.workspace())
                    .configured(TarGz.of(Map.of("main.tf", "resource \"terraform_data\" \"a\" { input = \"x\" }\n")))
                    .startRun(Map.of("auto-apply", true))
                    .untilFinished();

            assertThat(cluster.failures()).isEmpty();
            assertThat(run.status())
                    .as(() -> run.reasons() + "\n" + agent.screen().text())
                    .isEqualTo("applied");
            assertThat(cluster.jobs()).as("a plan and an apply").hasSize(2).allSatisfy(job -> {
                ResourceRequirements its = job.getSpec().getTemplate().getSpec().getContainers().stream()
                        .filter(container -> container.getName().equals("runner"))
                        .findFirst()
                        .orElseThrow()
                        .getResources();
                assertThat(its.getLimits())
                        .containsEntry("memory", new Quantity("3072Mi"))
                        .containsEntry("ephemeral-storage", new Quantity("20480Mi"));
            });
            assertThat(platform.api()
                            .attributes("applies/" + run.applyId().orElseThrow())
                            .path("execution-details")
                            .path("agent-name")
                            .asText())
                    .isEqualTo("agent-in-cluster");
        }
    }
}
