package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.soak.History.Published;
import io.terrafleet.standalone.soak.History.RunRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the topics with the tables: what was said must be known, and what is known must have been said. */
final class EventChecker {
    static final String KNOWN = "no event is published that the database does not know";
    static final String SAID = "no event is missing";
    static final String HANDLED = "no event was given up";

    private final History history;
    private final Map<String, RunRow> runs;
    private final List<Published> events;
    private final List<Violation> found = new ArrayList<>();

    private EventChecker(History history) {
        this.history = history;
        this.runs = history.runs().stream().collect(Collectors.toMap(RunRow::id, Function.identity()));
        this.events = history.events().stream()
                .filter(event -> !event.topic().endsWith(".dead"))
                .toList();
    }

    static List<Violation> check(History history) {
        EventChecker checker = new EventChecker(history);
        checker.repeatedOnlyAsTheyWere();
        checker.ofKnownRuns();
        checker.finishedRunsSaidSo();
        checker.judgementsMatch();
        checker.plansWereTold();
        checker.nothingWaits();
        return checker.found;
    }

    private void object(String promise, String subject, String what) {
        found.add(new Violation(promise, subject, what));
    }

    private void repeatedOnlyAsTheyWere() {
        Map<String, Published> first = new HashMap<>();
        for (Published event : events) {
            Published before = first.putIfAbsent(event.id(), event);
            if (before != null && !before.equals(event)) {
                object(KNOWN, event.subject(), "two different events have the id " + event.id());
            }
        }
    }

    private void ofKnownRuns() {
        for (Published event : events) {
            if (!runs.containsKey(event.subject())) {
                object(KNOWN, event.subject(), event.type() + " speaks of a run that there is not");
            }
        }
    }

    private List<Published> distinct(String kind) {
        return events.stream()
                .filter(event -> event.type().contains("." + kind + "."))
                .distinct()
                .toList();
    }

    private void finishedRunsSaidSo() {
        Map<String, List<Published>> finished =
                distinct("run-finished").stream().collect(Collectors.groupingBy(Published::subject));
        for (RunRow run : history.runs()) {
            List<Published> said = finished.getOrDefault(run.id(), List.of());
            if (run.finished() && said.isEmpty()) {
                object(SAID, run.id(), "it is over (" + run.status() + "), and nobody was told");
            }
            if (said.size() > 1) {
                object(KNOWN, run.id(), "it ended " + said.size() + " times on the topic");
            }
            for (Published event : said) {
                if (!event.detail().equals(run.status())) {
                    object(KNOWN, run.id(), "the topic says " + event.detail() + ", the database " + run.status());
                }
            }
        }
    }

    private void judgementsMatch() {
        for (String judge : List.of("policy", "cost")) {
            Set<String> known = history.judgements().stream()
                    .filter(judgement -> judgement.judge().equals(judge))
                    .map(judgement -> judgement.run() + " " + judgement.planSha256() + " " + judgement.verdict())
                    .collect(Collectors.toSet());
            Set<String> said = distinct(judge + "-decided").stream()
                    .map(event -> event.subject() + " " + event.detail())
                    .collect(Collectors.toCollection(HashSet::new));
            known.stream()
                    .filter(decision -> !said.contains(decision))
                    .forEach(decision -> object(SAID, decision, judge + " decided and did not say so"));
            said.stream()
                    .filter(decision -> !known.contains(decision))
                    .forEach(decision -> object(KNOWN, decision, judge + " said so and does not know it"));
        }
    }

    private void plansWereTold() {
        Set<String> told = distinct("plan-completed").stream()
                .map(event -> event.subject() + " " + event.detail())
                .collect(Collectors.toSet());
        for (String judge : List.of("policy", "cost")) {
            Set<String> judged = history.judgements().stream()
                    .filter(judgement -> judgement.judge().equals(judge))
                    .map(judgement -> judgement.run() + " " + judgement.planSha256())
                    .collect(Collectors.toSet());
            told.stream()
                    .filter(plan -> !judged.contains(plan))
                    .forEach(plan -> object(SAID, plan, judge + " never judged it"));
        }
        for (RunRow run : history.runs()) {
            // A plan that ended while its run was being cancelled is kept, and nobody is to judge it.
            run.planSha256()
                    .filter(sha256 -> !run.status().endsWith("canceled"))
                    .filter(sha256 -> !told.contains(run.id() + " " + sha256))
                    .ifPresent(sha256 -> object(SAID, run.id(), "its plan " + sha256 + " was told to no judge"));
        }
    }

    private void nothingWaits() {
        history.waitingInOutbox().forEach((service, count) -> {
            if (count > 0) {
                object(SAID, service, count + " facts are still in its outbox");
            }
        });
        history.events().stream()
                .filter(event -> event.topic().endsWith(".dead"))
                .forEach(event -> object(HANDLED, event.subject(), event.type() + " lies on " + event.topic()));
    }
}
