package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.Configuration;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The platform's side of a measurement: an organization of its own, workspaces, runs timed. */
final class Yardstick implements AutoCloseable {
    private static final String ORGANIZATION = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration BETWEEN_ALL = Duration.ofMillis(500);

    private final TfeClient api;
    private final byte[] configuration;
    private Stages stages = new Stages();
    private final InstantSource clock = Wiring.clock();

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

    /** Seconds from sending the request until the platform has noted that the plan lies ready. */
    double planned(Prepared workspace) {
        Instant begin = clock.instant();
        Run run = start(workspace, true);
        return seconds(begin, finished(run.id(), "planned_and_finished"), "planned");
    }

    /** Seconds from sending the request until the platform has noted that the run is applied. */
    double applied(Prepared workspace) {
        Instant begin = clock.instant();
        Run run = start(workspace, false);
        return seconds(begin, finished(run.id(), "applied"), "applied");
    }

    Instant now() {
        return clock.instant();
    }

    /** Until no run waits or goes on; one question for all of them, so that the asking is no part of what is measured. */
    void untilAllFinal() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (api.hasUnfinishedRuns(ORGANIZATION)) {
            if (System.nanoTime() > deadline) {
                throw new PlatformUnusable("not all runs are finished within " + PATIENCE.toMinutes() + " minutes");
            }
            rest(BETWEEN_ALL);
        }
    }

    Run finished(String runId, String wanted) {
        Run run = untilFinal(runId);
        if (!run.status().equals(wanted)) {
            throw new PlatformUnusable("run " + runId + " ended as " + run.status() + " and not " + wanted);
        }
        stages.add(run);
        return run;
    }

    /** What was measured until now was to warm up. */
    void forgetStages() {
        stages = new Stages();
    }

    Stages stages() {
        return stages;
    }

    @Override
    public void close() {
        api.close();
    }

    /** One machine, one clock: so the platform's own note of the time can be held against ours, and nobody has to ask all the time. */
    static double seconds(Instant begin, Run run, String status) {
        return run.timeline().stream()
                        .filter(reached -> reached.status().equals(status))
                        .findFirst()
                        .map(reached -> Duration.between(begin, reached.at()).toNanos())
                        .orElseThrow(() -> new PlatformUnusable("run " + run.id() + " was never " + status))
                / 1e9;
    }

    private Run untilFinal(String runId) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Run run = api.run(runId);
            if (run.isFinal()) {
                return run;
            }
            rest(BETWEEN);
        }
        throw new PlatformUnusable("run " + runId + " is not finished within " + PATIENCE.toMinutes() + " minutes");
    }

    private static void rest(Duration between) {
        try {
            Thread.sleep(between);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
    }
}
