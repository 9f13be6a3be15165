package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.client.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of runs went: from each state to the next, by the platform's own notes. */
final class Stages {
    private final Map<String, Series> byState = new LinkedHashMap<>();

    void add(Run run) {
        Instant before = run.createdAt();
        for (Run.Reached reached : run.timeline()) {
            byState.computeIfAbsent(reached.status(), Series::empty)
                    .add(Duration.between(before, reached.at()).toNanos() / 1e9);
            before = reached.at();
        }
    }

    /** Median seconds until each state, counted from the one before it. */
    Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        byState.forEach((state, series) -> medians.put(state, series.median()));
        return medians;
    }
}
