package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import io.terrafleet.testkit.cluster.FakeCluster;
import io.terrafleet.testkit.cluster.ProcessKubelet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code k8s/pool}: an agent in another cluster, as the process that its Deployment starts, makes the jobs of its pool pods there. The cluster
 * is in memory, and its pods are processes of this machine with real terraform.
 */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class PoolClusterJourney {
    @TempDir
    Path directory;

    /** A cluster with a namespace for runs, and agents in it. */
    private final class Elsewhere implements AutoCloseable {
        private final Running platform;
        private final TestPool pool;
        private final Path pods;
        private final ProcessKubelet kubelet;
        private final FakeCluster cluster;

        Elsewhere(Running platform, String name) throws Exception {
            this.platform = platform;
            this.pool = TestPool.of(platform, name);
            platform.calls().changeWorkspace(name, "terraform-version", version());
            this.pods = Files.createDirectories(directory.resolve("pods"));
            this.kubelet = new ProcessKubelet(pods);
            this.cluster = new FakeCluster(Optional.of(kubelet));
        }

        TestAgent agent(String name) throws Exception {
            return agent(name, Map.of()).ready();
        }

        TestAgent agent(String name, Map<String, String> more) throws IOException {
            Map<String, String> own = new HashMap<>(cluster.environment());
            own.put("TERRAFLEET_WORKER_AGENT_URL", platform.url().toString());
            own.put("TERRAFLEET_WORKER_AGENT_TOKEN", pool.token());
            own.put("TERRAFLEET_WORKER_AGENT_NAME", name);
            own.put("TERRAFLEET_WORKER_PROCESS_DATA", directory.resolve(name).toString());
            own.put("TERRAFLEET_WORKER_POD_NAMESPACE", FakeCluster.NAMESPACE);
            own.put("TERRAFLEET_WORKER_POD_TERRAFORM_PATH", terraform().toString());
            if (CliPlatform.HTTPS) {
                own.put("SSL_CERT_FILE", platform.authority().toString());
                own.put("TERRAFLEET_WORKER_POD_ENVIRONMENT", "SSL_CERT_FILE=" + platform.authority());
            }
            own.putAll(more);
            return new TestAgent(PoolManifest.orSkip().start(own));
        }

        TestWorkspace workspace() {
            return new TestWorkspace(platform.api(), pool.workspace())
                    .configured(
                            TarGz.of(Map.of("main.tf", "resource \"terraform_data\" \"a\" { input = \"seen\" }\n")));
        }

        String state() {
            return new String(platform.api().state(pool.workspace()), StandardCharsets.UTF_8);
        }

        /** A plan takes its time where a file says so. */
        private Path terraform() throws IOException {
            Path script = directory.resolve("terraform");
            if (!Files.exists(script)) {
                Files.writeString(
                        script,
                        """
                        #!/bin/sh
                        case " $* " in *" plan "*) while [ -e "%s" ]; do sleep 0.1; done ;; esac
                        exec "%s" "$@"
                        """
                                .formatted(brake(), Terraform.orSkip().toRealPath()));
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return script;
        }

        Path brake() {
            return directory.resolve("plans-wait");
        }

        /** For people who look for the reason of a failure. */
        String told(Run run, TestAgent agent) {
            try {
                return run.status() + " " + run.reasons() + "\nagent:\n"
                        + agent.screen().text() + "\npods:\n" + kubelet.printed();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(brake());
            cluster.close();
        }
    }

    private static String version() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Terraform.orSkip().toString(), "version").start();
        String line = process.inputReader().readLine();
        process.waitFor();
        return line.replace("Terraform v", "").strip();
    }

    @Test
    void theRunsOfAPoolArePodsOfItsOwnCluster(Running platform) throws Exception {
        try (Elsewhere elsewhere = new Elsewhere(platform, "in-cluster")) {
            TestPool pool = elsewhere.pool;
            platform.calls()
                    .send(
                            "PATCH",
                            "agent-pools/" + pool.id() + "/run-size",
                            TestPool.attributes(Map.of("memory-limit", "3Gi")));
            try (TestAgent agent = elsewhere.agent("agent-in-cluster")) {
                TestRun run = elsewhere.workspace().startRun(Map.of("auto-apply", true));
                Run ended = run.untilFinished();

                assertThat(ended.status())
                        .as(() -> elsewhere.told(ended, agent))
                        .isEqualTo("applied");
                assertThat(run.planLog()).contains("1 to add");
                assertThat(elsewhere.state()).contains("\"seen\"");
                assertThat(platform.api()
                                .attributes("applies/" + ended.applyId().orElseThrow())
                                .path("execution-details")
                                .path("agent-name")
                                .asText())
                        .isEqualTo("agent-in-cluster");
                assertThat(elsewhere.cluster.jobs())
                        .as("a plan and an apply")
                        .hasSize(2)
                        .allSatisfy(job -> assertThat(job.getSpec().getTemplate().getSpec().getContainers().stream()
                                        .filter(container -> container.getName().equals("runner"))
                                        .map(container -> container
                                                .getResources()
                                                .getLimits()
                                                .get("memory")))
                                .containsExactly(new Quantity("3072Mi")));

                agent.screen().until("job " + run.id() + "-apply-1: reported");
                agent.process().toHandle().destroy();
                assertThat(agent.screen().ends(0))
                        .containsPattern("\\d\\d:\\d\\d:\\d\\d\\S* INFO +connected to " + platform.url()
                                + " as agent agent-in-cluster of pool " + pool.id())
                        .contains(
                                "job " + run.id() + "-plan-1: taken, for the workspace in-cluster of acme",
                                "job " + run.id() + "-plan-1: reported",
                                "stopping: no more jobs are asked for",
                                "stopped")
                        .doesNotContain(pool.token());
            }
        }
    }

    @Test
    void whatAKilledAgentBeganEndsAndAnotherGoesOn(Running platform) throws Exception {
        try (Elsewhere elsewhere = new Elsewhere(platform, "killed-in-cluster")) {
            Files.createFile(elsewhere.brake());
            TestRun run = planning(elsewhere, "first");
            try (TestAgent second = elsewhere.agent("second")) {
                Files.delete(elsewhere.brake());
                run.untilConfirmable();
                run.confirm();
                Run ended = run.untilFinished();

                assertThat(ended.status())
                        .as(() -> elsewhere.told(ended, second))
                        .isEqualTo("applied");
                assertThat(elsewhere.state()).contains("\"seen\"");
                assertThat(elsewhere.cluster.jobs())
                        .as("the plan that the killed agent began, and an apply")
                        .hasSize(2);
                assertThat(second.screen().text())
                        .as("runners tell of their ends themselves; of the plan's it may have come too late to hear")
                        .contains("job " + run.id() + "-apply-1: taken")
                        .doesNotContain("job " + run.id() + "-plan-2");
            }
        }
    }

    @Test
    void aPlanThatDiesWithItsAgentIsTriedAgainByAnother(Running platform) throws Exception {
        try (Elsewhere elsewhere = new Elsewhere(platform, "dead-node")) {
            Files.createFile(elsewhere.brake());
            TestRun run = planning(elsewhere, "first");
            List<Pod> pods = elsewhere.cluster.pods();
            assertThat(pods).hasSize(1);
            elsewhere.kubelet.crash(pods.getFirst().getMetadata().getName());
            Files.delete(elsewhere.brake());
            try (TestAgent second = elsewhere.agent("second")) {
                Run planned = run.untilConfirmable();

                assertThat(second.screen().text())
                        .as(() -> elsewhere.told(planned, second))
                        // Whatever is seen first: that the runner is silent, or that its pod is gone.
                        .containsPattern("job " + run.id() + "-plan-1: lost \\((runner-lost|pod-deleted)\\)")
                        .contains("job " + run.id() + "-plan-2: taken");
            }
        }
    }

    /** An agent takes a plan, and is killed when its pod is at work. */
    private static TestRun planning(Elsewhere elsewhere, String name) throws Exception {
        try (TestAgent first = elsewhere.agent(name)) {
            TestRun run = elsewhere.workspace().startRun();
            run.until("planning");
            first.killNine();
            return run;
        }
    }

    @Test
    void whoIsRefusedOrAsksWronglySaysWhyAndEnds(Running platform) throws Exception {
        try (Elsewhere elsewhere = new Elsewhere(platform, "refused-in-cluster")) {
            String wrong = "tfl.wrong-token-0123456789";
            assertThat(elsewhere
                            .agent("refused", Map.of("TERRAFLEET_WORKER_AGENT_TOKEN", wrong))
                            .screen()
                            .ends(1))
                    .containsPattern("ERROR +the agent ends: the platform does not take the token \\(HTTP 401\\)")
                    .doesNotContain(wrong);
            for (Map<String, String> lacking :
                    List.of(Map.of("TERRAFLEET_WORKER_AGENT_TOKEN", ""), Map.of("TERRAFLEET_WORKER_AGENT_URL", ""))) {
                assertThat(elsewhere.agent("lacking", lacking).screen().ends(64))
                        .containsPattern("ERROR +the agent does not start: an agent needs TERRAFLEET_WORKER_AGENT_URL");
            }
            assertThat(elsewhere
                            .agent("astray", Map.of("TERRAFLEET_WORKER_AGENT_URL", "terrafleet.example.com"))
                            .screen()
                            .ends(64))
                    .contains("the platform's address must be one such as https://terrafleet.example.com");
        }
    }
}
