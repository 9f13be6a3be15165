package io.terrafleet.standalone.demo;

import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches one run and shows each state and each line of log once, as they come. */
final class Following {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final TfeClient api;
    private final Screen screen;
    private final Set<String> shown = new HashSet<>();
    private @Nullable LogTail planLog;
    private @Nullable LogTail applyLog;

    Following(TfeClient api, Screen screen) {
        this.api = api;
        this.screen = screen;
    }

    /**
     * @return the run as it was when the condition held; its log up to there is shown
     * @throws DemoBroken when it does not come to that in time, or ends otherwise
     */
    Run until(String runId, String what, Duration patience, Predicate<Run> reached) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Run run = api.run(runId);
            show(run);
            if (reached.test(run)) {
                return run;
            }
            if (run.isFinal()) {
                throw new DemoBroken(
                        "run " + runId + " ended as " + run.status() + " before it was " + what + why(run));
            }
            if (System.nanoTime() > deadline) {
                throw new DemoBroken("run " + runId + " is still " + run.status() + " after " + patience.toSeconds()
                        + " s and not " + what + why(run));
            }
            rest();
        }
    }

    private static String why(Run run) {
        List<String> sentences = new ArrayList<>(run.reasons());
        run.waitingFor().ifPresent(sentences::add);
        return sentences.isEmpty() ? "" : ": " + String.join("; ", sentences);
    }

    /** Bytes of log read so far, plan and apply. */
    long logBytes() {
        return (planLog == null ? 0 : planLog.bytes()) + (applyLog == null ? 0 : applyLog.bytes());
    }

    /** The log that was written before a state was reached is shown before the state. */
    private void show(Run run) {
        for (Run.Reached reached : run.timeline()) {
            if (!shown.contains(reached.status())) {
                showLogs(run);
                shown.add(reached.status());
                screen.reached(Duration.between(run.createdAt(), reached.at()).toMillis() / 1000.0, reached.status());
            }
        }
        showLogs(run);
    }

    private void showLogs(Run run) {
        if (shown.contains("planning")) {
            planLog = read(planLog, run.planId().map(id -> "plans/" + id));
        }
        if (shown.contains("applying")) {
            applyLog = read(applyLog, run.applyId().map(id -> "applies/" + id));
        }
    }

    private @Nullable LogTail read(@Nullable LogTail known, Optional<String> path) {
        LogTail tail = known;
        if (tail == null) {
            if (path.isEmpty()) {
                return null;
            }
            String url = api.attributes(path.get()).path("log-read-url").asText();
            if (url.isEmpty()) {
                return null;
            }
            tail = new LogTail(offset -> api.log(url, offset), screen::log);
        }
        tail.read();
        return tail;
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoBroken("interrupted");
        }
    }
}
