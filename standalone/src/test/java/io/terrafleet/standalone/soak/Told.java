package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.soak.History.Judgement;
import io.terrafleet.standalone.soak.History.PhaseLog;
import io.terrafleet.standalone.soak.History.Published;
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
import java.util.function.UnaryOperator;

/** A history in the making: two runs of one workspace that were applied one after the other, and what a test spoils of it. */
final class Told {
    final List<RunRow> runs = new ArrayList<>();
    final List<WorkspaceRow> workspaces = new ArrayList<>();
    final List<StateRow> states = new ArrayList<>();
    final List<String> openLeases = new ArrayList<>();
    final List<Judgement> judgements = new ArrayList<>();
    final Set<String> overridden = new HashSet<>();
    final Map<String, Integer> waiting = new HashMap<>();
    final List<Published> events = new ArrayList<>();
    final List<Entry> journal = new ArrayList<>();
    final List<PhaseLog> logs = new ArrayList<>();

    static Told good() {
        Told told = new Told();
        told.applied("run-1", 1, 1_000_000_000_000L);
        told.applied("run-2", 2, 1_000_100_000_000L);
        told.workspaces.add(new WorkspaceRow("ws", "net", Optional.empty(), Optional.of("md5-run-2")));
        return told;
    }

    private void applied(String run, long number, long micros) {
        String sha256 = "sha-" + run;
        String plan = run + ".7";
        runs.add(new RunRow(
                run, number, "ws", "applied", true, false, Optional.of(sha256), Optional.empty(), false, ""));
        journal(micros, run, "plan-begin", "0 lineage");
        journal(micros + 10, run, "plan-end", "planned");
        journal(micros + 20, run, "shown", sha256);
        journal(micros + 1_000, run, "apply-begin", "0");
        journal(micros + 2_000, run, "ticking", "");
        journal(micros + 3_000, run, "writing", number + " lineage md5-" + run);
        journal(micros + 3_100, run, "written", number + " lineage md5-" + run);
        journal(micros + 4_000, run, "apply-end", "applied");
        states.add(new StateRow("ws", number, number, "lineage", "md5-" + run, run));
        for (String judge : List.of("policy", "cost")) {
            judgements.add(new Judgement(judge, run, sha256, "approve"));
            publish(judge + "-decisions", judge + "-decided", run, sha256 + " approve");
        }
        publish("run-events", "plan-completed", run, sha256);
        publish("run-events", "run-finished", run, "applied");
        String text = "soak " + plan + " line 1 of 2\nsoak " + plan + " line 2 of 2\n";
        logs.add(new PhaseLog(run, "plan", text));
        logs.add(new PhaseLog(run, "apply", text));
    }

    void journal(long micros, String run, String deed, String rest) {
        journal.add(Entry.parse(micros + " " + run + " " + deed + " " + run + ".7 " + rest)
                .orElseThrow());
        journal.sort(Comparator.comparingLong(Entry::micros));
    }

    void publish(String topic, String kind, String run, String detail) {
        String full = "terrafleet." + topic;
        events.add(new Published(full, run + kind, "io.terrafleet." + topic + "." + kind + ".v1", run, detail));
    }

    /** Replaces the row of a run. */
    void run(String id, UnaryOperator<RunRow> change) {
        runs.replaceAll(row -> row.id().equals(id) ? change.apply(row) : row);
    }

    static RunRow standing(RunRow row, String status, Optional<String> waitingFor, boolean confirmable) {
        return new RunRow(
                row.id(),
                row.number(),
                row.workspace(),
                status,
                false,
                false,
                Optional.empty(),
                waitingFor,
                confirmable,
                "");
    }

    History history() {
        return new History(
                List.copyOf(runs),
                List.copyOf(workspaces),
                List.copyOf(states),
                List.copyOf(openLeases),
                List.copyOf(judgements),
                Set.copyOf(overridden),
                Map.copyOf(waiting),
                List.copyOf(events),
                List.copyOf(journal),
                List.copyOf(logs));
    }
}
