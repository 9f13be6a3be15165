package io.terrafleet.standalone.bench;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param figures by name; names ending in {@code Seconds} are seconds, in {@code Ratio} platform by bare terraform
 * @param stages median seconds until each state of the platform's runs, counted from the state before it
 * @param promises sentences and whether they hold on this machine
 */
public record Measured(
        String bench,
        int n,
        String method,
        Map<String, Double> figures,
        Map<String, Double> stages,
        List<Series> series,
        Map<String, Boolean> promises) {

    public boolean holds() {
        return promises.values().stream().allMatch(kept -> kept);
    }
}
