package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A person at one workspace, who starts runs and decides, a little by chance, on every run that asks. What the API does not answer is
 * asked again later, as people do.
 */
final class Load implements Runnable {
    /** Runs of a workspace that are on their way at the same time: one works, one waits. */
    private static final int AT_A_TIME = 2;

    private static final int LOOK_MILLIS = 250;
    private static final long FORCE_AFTER_NANOS = 3_000_000_000L;

    /** What was made up about a run when it was first seen. */
    private record Mind(int cancelAfterLooks, boolean confirms, boolean overrides, boolean forces, long since) {}

    private final TfeClient api;
    private final String workspace;
    private final List<String> configurations;
    private final SplittableRandom random;
    private final AtomicInteger left;
    private final AtomicBoolean over;
    private final Map<String, Mind> minds = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();

    /**
     * @param configurations ids to choose from
     * @param left runs that are still to be started, by all together
     * @param over nothing new is started any more
     */
    Load(
            TfeClient api,
            String workspace,
            List<String> configurations,
            long seed,
            AtomicInteger left,
            AtomicBoolean over) {
        this.api = api;
        this.workspace = workspace;
        this.configurations = configurations;
        this.random = new SplittableRandom(seed);
        this.left = left;
        this.over = over;
    }

    /** Until nothing new is to be started and every run of the workspace is over, or this thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!step()) {
                    return;
                }
                Pause.millis(LOOK_MILLIS);
            }
        } catch (SoakBroken interrupted) {
            // The round ends; the checker finds what is left.
        }
    }

    private boolean step() {
        try {
            List<Run> open = api.openRuns(workspace);
            open.forEach(this::decide);
            boolean startsMore = !over.get() && left.get() > 0;
            if (startsMore && open.size() < AT_A_TIME && left.getAndDecrement() > 0) {
                start();
            }
            return startsMore || !open.isEmpty();
        } catch (UncheckedIOException | ApiFailure away) {
            return true;
        }
    }

    private void start() {
        String configuration = configurations.get(random.nextInt(configurations.size()));
        try {
            api.startRun(workspace, configuration, Map.of("message", "soak", "auto-apply", random.nextInt(3) == 0));
        } catch (UncheckedIOException | ApiFailure away) {
            left.incrementAndGet();
        }
    }

    private void decide(Run run) {
        Mind mind = minds.computeIfAbsent(run.id(), id -> makeUp());
        int look = looks.merge(run.id(), 1, Integer::sum);
        if (run.isConfirmable()) {
            attempt(run, mind.confirms() ? "apply" : "discard");
        } else if (run.status().equals("policy_override")) {
            override(run, mind);
        } else if (look == mind.cancelAfterLooks() && run.isCancelable()) {
            attempt(run, "cancel");
        } else if (look > mind.cancelAfterLooks()
                && mind.forces()
                && System.nanoTime() - mind.since() > FORCE_AFTER_NANOS) {
            attempt(run, "force-cancel");
        }
    }

    private Mind makeUp() {
        int cancels = random.nextInt(10) == 0 ? random.nextInt(1, 12) : Integer.MAX_VALUE;
        return new Mind(
                cancels, random.nextInt(10) > 0, random.nextInt(4) > 0, random.nextBoolean(), System.nanoTime());
    }

    private void override(Run run, Mind mind) {
        if (!mind.overrides()) {
            attempt(run, "discard");
            return;
        }
        for (String stage : run.taskStageIds()) {
            attempt(() -> api.override(stage, "soak"));
        }
    }

    private void attempt(Run run, String action) {
        attempt(() -> api.act(run.id(), action, "soak"));
    }

    /** Refused or unanswered: the run has moved on, or will be seen again. */
    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (ApiFailure moved) {
            if (moved.status() >= 500) {
                throw moved;
            }
        }
    }
}
