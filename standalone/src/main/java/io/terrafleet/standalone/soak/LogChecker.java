package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.soak.Entry.Deed;
import io.terrafleet.standalone.soak.History.PhaseLog;
import io.terrafleet.standalone.soak.History.RunRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated terraform numbers its lines, so that a log shows by itself whether it is whole. */
final class LogChecker {
    static final String COMPLETE = "logs are complete";

    private static final Pattern LINE = Pattern.compile("^soak (\\S+) line (\\d+) of (\\d+)$", Pattern.MULTILINE);

    private LogChecker() {}

    static List<Violation> check(History history) {
        Map<String, String> applied = new HashMap<>();
        Map<String, String> planned = new HashMap<>();
        for (Entry entry : history.journal()) {
            if (entry.deed() == Deed.APPLY_END && entry.word(0).equals("applied")) {
                applied.put(entry.run(), entry.plan());
            } else if (entry.deed() == Deed.SHOWN) {
                planned.put(entry.word(0), entry.plan());
            }
        }
        Map<String, String> texts = new HashMap<>();
        for (PhaseLog log : history.logs()) {
            texts.put(log.run() + " " + log.phase(), log.text());
        }
        List<Violation> found = new ArrayList<>();
        for (RunRow run : history.runs()) {
            run.planSha256()
                    .map(planned::get)
                    .ifPresent(plan -> whole(run, "plan", plan, texts.getOrDefault(run.id() + " plan", ""), found));
            if (run.status().equals("applied") && applied.containsKey(run.id())) {
                whole(run, "apply", applied.get(run.id()), texts.getOrDefault(run.id() + " apply", ""), found);
            }
        }
        return found;
    }

    /** Every line of the plan once, in order; lines of attempts before may stand in front. */
    private static void whole(RunRow run, String phase, String plan, String text, List<Violation> found) {
        int expected = 1;
        int last = 0;
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            if (!line.group(1).equals(plan)) {
                continue;
            }
            last = Integer.parseInt(line.group(3));
            int number = Integer.parseInt(line.group(2));
            if (number != expected) {
                found.add(new Violation(
                        COMPLETE,
                        run.id(),
                        "its " + phase + " log has line " + number + " where " + expected + " belongs"));
                return;
            }
            expected++;
        }
        if (last == 0 || expected != last + 1) {
            found.add(new Violation(
                    COMPLETE,
                    run.id(),
                    "its " + phase + " log ends after line " + (expected - 1) + " of " + (last == 0 ? "some" : last)));
        }
    }
}
