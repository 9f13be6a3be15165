package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.soak.Entry.Deed;
import io.terrafleet.standalone.soak.History.RunRow;
import io.terrafleet.standalone.soak.History.StateRow;
import io.terrafleet.standalone.soak.History.WorkspaceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Knows what the platform promises, and reads a {@link History} for what broke it. It believes terraform's journal first. */
final class Checker {
    static final String ENDS = "every run is over or waits with a true reason";
    static final String APART = "no two applies of a workspace overlap";
    static final String ONCE = "a confirmed plan is applied at most once";
    static final String JUDGED = "nothing is applied without a passed or overridden verdict on exactly that plan";
    static final String SERIALS = "state serials never go back";
    static final String SERVED = "the last state that terraform wrote is the state served";
    static final String UNLOCKED = "no lock and no lease is left";
    static final String TRUE_STATUS = "a run that is said to be applied was applied";

    private final History history;
    private final List<Violation> found = new ArrayList<>();
    private final Map<String, RunRow> runs;

    private Checker(History history) {
        this.history = history;
        this.runs = history.runs().stream().collect(Collectors.toMap(RunRow::id, Function.identity()));
    }

    static List<Violation> check(History history) {
        Checker checker = new Checker(history);
        checker.everyRunEnds();
        checker.appliesAreApart();
        checker.plansAreAppliedOnce();
        checker.appliesWereJudged();
        checker.serialsGrow();
        checker.lastStateIsServed();
        checker.nothingIsLeftLocked();
        checker.appliedMeansApplied();
        checker.found.addAll(EventChecker.check(history));
        checker.found.addAll(LogChecker.check(history));
        return List.copyOf(checker.found);
    }

    private void object(String promise, String subject, String what) {
        found.add(new Violation(promise, subject, what));
    }

    private void everyRunEnds() {
        for (RunRow run : history.runs()) {
            if (run.finished() || run.confirmable()) {
                continue;
            }
            if (!run.status().equals("pending")) {
                object(ENDS, run.id(), "it stands at " + run.status() + ", which nobody will end");
            } else if (run.waitingFor().isEmpty()) {
                object(ENDS, run.id(), "it is pending and says no reason");
            } else if (history.runs().stream().noneMatch(other -> isAheadOf(run, other))) {
                object(ENDS, run.id(), "it waits (" + run.waitingFor().get() + ") and nothing is ahead of it");
            }
        }
    }

    private static boolean isAheadOf(RunRow run, RunRow other) {
        return !other.finished()
                && other.workspace().equals(run.workspace())
                && other.number() < run.number()
                && other.confirmable();
    }

    /** An apply's time, from terraform's beginning until its end or its last sign of life. */
    private record Span(String run, String plan, long from, long to) {}

    private void appliesAreApart() {
        Map<String, List<Span>> byWorkspace = new HashMap<>();
        for (Span span : spans()) {
            RunRow run = runs.get(span.run());
            if (run != null) {
                byWorkspace
                        .computeIfAbsent(run.workspace(), workspace -> new ArrayList<>())
                        .add(span);
            }
        }
        byWorkspace.forEach((workspace, spans) -> {
            spans.sort(Comparator.comparingLong(Span::from));
            for (int i = 1; i < spans.size(); i++) {
                Span before = spans.get(i - 1);
                Span after = spans.get(i);
                if (after.from() < before.to()) {
                    object(
                            APART,
                            workspace,
                            after.run() + " began " + (before.to() - after.from()) / 1000 + " ms before " + before.run()
                                    + " ended");
                }
            }
        });
    }

    private List<Span> spans() {
        Map<String, Span> open = new HashMap<>();
        List<Span> all = new ArrayList<>();
        for (Entry entry : history.journal()) {
            switch (entry.deed()) {
                case APPLY_BEGIN -> {
                    Span before =
                            open.put(entry.plan(), new Span(entry.run(), entry.plan(), entry.micros(), entry.micros()));
                    if (before != null) {
                        all.add(before);
                    }
                }
                case TICKING, WRITING, WRITTEN, APPLY_END ->
                    open.computeIfPresent(
                            entry.plan(),
                            (plan, span) ->
                                    new Span(span.run(), plan, span.from(), Math.max(span.to(), entry.micros())));
                case PLAN_BEGIN, PLAN_END, SHOWN -> {}
            }
        }
        all.addAll(open.values());
        return all;
    }

    private void plansAreAppliedOnce() {
        Map<String, Integer> begun = new HashMap<>();
        for (Entry entry : history.journal()) {
            if (entry.deed() == Deed.APPLY_BEGIN && begun.merge(entry.plan(), 1, Integer::sum) == 2) {
                object(ONCE, entry.run(), "terraform began to apply the plan " + entry.plan() + " again");
            }
        }
        Map<String, String> plans = new HashMap<>();
        for (Entry entry : history.journal()) {
            if (entry.deed() == Deed.APPLY_BEGIN) {
                String other = plans.putIfAbsent(entry.run(), entry.plan());
                if (other != null && !other.equals(entry.plan())) {
                    object(ONCE, entry.run(), "two plans of it were applied: " + other + " and " + entry.plan());
                }
            }
        }
    }

    private void appliesWereJudged() {
        Map<String, String> shown = new HashMap<>();
        history.journal().stream()
                .filter(entry -> entry.deed() == Deed.SHOWN)
                .forEach(entry -> shown.put(entry.plan(), entry.word(0)));
        for (Entry entry : history.journal()) {
            if (entry.deed() == Deed.APPLY_BEGIN) {
                String sha256 = shown.get(entry.plan());
                if (sha256 == null) {
                    object(JUDGED, entry.run(), "the plan " + entry.plan() + " was never shown to anybody");
                } else {
                    judgedBy("policy", entry, sha256);
                    judgedBy("cost", entry, sha256);
                }
            }
        }
    }

    private void judgedBy(String judge, Entry apply, String sha256) {
        Optional<String> verdict = history.judgements().stream()
                .filter(judgement -> judgement.judge().equals(judge)
                        && judgement.run().equals(apply.run())
                        && judgement.planSha256().equals(sha256))
                .map(History.Judgement::verdict)
                .findFirst();
        boolean passed = verdict.filter(word -> word.equals("approve")
                        || (word.equals("block-overridable")
                                && history.overridden().contains(apply.run())))
                .isPresent();
        if (!passed) {
            object(
                    JUDGED,
                    apply.run(),
                    "it applied the plan " + apply.plan() + ", of which " + judge + " says "
                            + verdict.orElse("nothing"));
        }
    }

    private void serialsGrow() {
        Map<String, StateRow> last = new HashMap<>();
        for (StateRow state : history.states()) {
            StateRow before = last.put(state.workspace(), state);
            if (before == null) {
                continue;
            }
            if (state.serial() < before.serial()
                    || (state.serial() == before.serial() && !state.md5().equals(before.md5()))) {
                object(
                        SERIALS,
                        state.workspace(),
                        "serial " + state.serial() + " of " + state.run() + " came after " + before.serial() + " of "
                                + before.run());
            }
            if (!state.lineage().equals(before.lineage())) {
                object(SERIALS, state.workspace(), state.run() + " changed the lineage");
            }
        }
    }

    /** What terraform wrote may be missing only where the run says so: then a person knows where to look. */
    private void lastStateIsServed() {
        for (WorkspaceRow workspace : history.workspaces()) {
            List<Entry> written = history.journal().stream()
                    .filter(entry -> entry.deed() == Deed.WRITING || entry.deed() == Deed.WRITTEN)
                    .filter(entry -> isOf(workspace, entry))
                    .toList();
            if (written.isEmpty()) {
                continue;
            }
            Set<String> possible = new HashSet<>();
            for (int i = written.size() - 1; i >= 0; i--) {
                possible.add(written.get(i).word(2));
                if (written.get(i).deed() == Deed.WRITTEN && !keptElsewhere(written.get(i))) {
                    break;
                }
            }
            String served = workspace.servedMd5().orElse("none");
            if (!possible.contains(served)) {
                Entry latest = written.getLast();
                object(
                        SERVED,
                        workspace.id(),
                        latest.run() + " wrote serial " + latest.word(0) + " with MD5 " + latest.word(2)
                                + ", served is " + served);
            }
        }
    }

    private boolean isOf(WorkspaceRow workspace, Entry entry) {
        RunRow run = runs.get(entry.run());
        return run != null && run.workspace().equals(workspace.id());
    }

    private boolean keptElsewhere(Entry entry) {
        RunRow run = runs.get(entry.run());
        return run != null && run.message().contains("kept in");
    }

    private void nothingIsLeftLocked() {
        for (WorkspaceRow workspace : history.workspaces()) {
            boolean busy =
                    history.runs().stream().anyMatch(run -> run.workspace().equals(workspace.id()) && !run.finished());
            if (workspace.lockedBy().isPresent() && !busy) {
                object(
                        UNLOCKED,
                        workspace.id(),
                        "it is locked by " + workspace.lockedBy().get() + " and no run of it is left");
            }
        }
        for (RunRow run : history.runs()) {
            if (run.finished() && run.holdsTurn()) {
                object(UNLOCKED, run.id(), "it is over and holds the workspace's turn");
            }
        }
        history.openLeases().forEach(job -> object(UNLOCKED, job, "its lease was never ended"));
    }

    private void appliedMeansApplied() {
        Set<String> applied = history.journal().stream()
                .filter(entry -> entry.deed() == Deed.APPLY_END && entry.word(0).equals("applied"))
                .map(Entry::run)
                .collect(Collectors.toSet());
        Set<String> simulated = history.journal().stream().map(Entry::run).collect(Collectors.toSet());
        for (RunRow run : history.runs()) {
            if (run.status().equals("applied") && simulated.contains(run.id()) && !applied.contains(run.id())) {
                object(TRUE_STATUS, run.id(), "terraform never came to the end of its apply");
            }
        }
    }
}
