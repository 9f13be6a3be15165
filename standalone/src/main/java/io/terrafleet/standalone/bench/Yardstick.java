package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.Configuration;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** The platform's side of a measurement: an organization of its own, workspaces, runs timed as a client sees them. */
final class Yardstick implements AutoCloseable {
    private static final String ORGANIZATION = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final TfeClient api;
    private final byte[] configuration;

    Yardstick(RunningPlatform platform, String mainTf) {
        this.api = new TfeClient(platform.url(), platform.adminToken().orElseThrow());
        this.configuration = new Configuration(Map.of("main.tf", mainTf)).tarGz();
        api.createOrganization(ORGANIZATION);
    }

    /** A workspace with its configuration uploaded. */
    record Prepared(String workspaceId, String configurationId) {}

    Prepared prepare(String name) {
        String workspace = api.createWorkspace(ORGANIZATION, name, Map.of("auto-apply", true));
        return new Prepared(workspace, api.uploadConfiguration(workspace, configuration, false));
    }

    Run start(Prepared workspace, boolean planOnly) {
        return api.startRun(
                workspace.workspaceId(),
                workspace.configurationId(),
                planOnly
                        ? Map.of("plan-only", true, "message", "bench")
                        : Map.of("auto-apply", true, "message", "bench"));
    }

    /** Seconds from sending the request until a client sees that the plan lies ready. */
    double planned(Prepared workspace) {
        long begin = System.nanoTime();
        Run run = start(workspace, true);
        until(run.id(), Yardstick::isPlanned);
        double seconds = (System.nanoTime() - begin) / 1e9;
        finished(run.id(), "planned_and_finished");
        return seconds;
    }

    /** Seconds from sending the request until a client sees that the run is applied. */
    double applied(Prepared workspace) {
        long begin = System.nanoTime();
        Run run = start(workspace, false);
        finished(run.id(), "applied");
        return (System.nanoTime() - begin) / 1e9;
    }

    void finished(String runId, String wanted) {
        Run run = until(runId, Run::isFinal);
        if (!run.status().equals(wanted)) {
            throw new PlatformUnusable("run " + runId + " ended as " + run.status() + " and not " + wanted);
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private static boolean isPlanned(Run run) {
        return run.isFinal()
                || run.timeline().stream().anyMatch(reached -> reached.status().equals("planned"));
    }

    private Run until(String runId, Predicate<Run> reached) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Run run = api.run(runId);
            if (reached.test(run)) {
                return run;
            }
            rest();
        }
        throw new PlatformUnusable("run " + runId + " did not get there within " + PATIENCE.toMinutes() + " minutes");
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
    }
}
