package io.terrafleet.standalone.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a round came to.
 *
 * @param seconds from the first run until nothing moved any more
 * @param applies that terraform really began, by its own journal
 * @param ends how many runs ended how, by status word
 * @param faults what happened, and how often
 */
public record SoakSummary(
        long seed,
        double seconds,
        int runs,
        long applies,
        int events,
        Map<String, Integer> ends,
        Map<String, Integer> faults,
        List<String> violations) {
    static SoakSummary of(
            long seed, double seconds, History history, Map<String, Integer> faults, List<Violation> violations) {
        Map<String, Integer> ends = new TreeMap<>();
        history.runs().forEach(run -> ends.merge(run.status(), 1, Integer::sum));
        return new SoakSummary(
                seed,
                seconds,
                history.runs().size(),
                history.journal().stream()
                        .filter(entry -> entry.deed() == Entry.Deed.APPLY_BEGIN)
                        .count(),
                history.events().size(),
                ends,
                faults,
                violations.stream().map(Violation::toString).toList());
    }

    public boolean holds() {
        return violations.isEmpty();
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(String.format(
                java.util.Locale.ROOT,
                "seed %d: %d runs, %d applies and %d events in %.0f s",
                seed,
                runs,
                applies,
                events,
                seconds));
        lines.add("  runs    " + ends);
        lines.add("  faults  "
                + faults.values().stream().mapToInt(Integer::intValue).sum() + " " + faults);
        lines.add("  violations: " + violations.size());
        violations.forEach(violation -> lines.add("    " + violation));
        return lines;
    }
}
