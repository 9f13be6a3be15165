package io.terrafleet.standalone.author;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.problem.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down where an evaluation goes, indented by rule. */
final class Trace implements Observer {
    private final Map<String, List<String>> lines = new HashMap<>();
    private final Output output;
    private final int most;
    private int depth;
    private int told;

    /** @param most events told; the rest is silence */
    Trace(Sources sources, Output output, int most) {
        sources.texts().forEach((file, text) -> lines.put(file, text.lines().toList()));
        this.output = output;
        this.most = most;
    }

    @Override
    public void see(Event event, String rule, Position at) {
        if (event == Event.EXIT) {
            depth = Math.max(0, depth - 1);
        }
        if (++told <= most) {
            String what =
                    switch (event) {
                        case ENTER -> "enter " + rule;
                        case EXIT -> "exit  " + rule;
                        case TRY -> "try   " + text(at);
                        case HOLD -> "holds " + text(at);
                    };
            output.warn("| ".repeat(Math.min(depth, 40)) + what + "  (" + at + ")");
        } else if (told == most + 1) {
            output.warn("… more than " + most + " events, the rest is not told");
        }
        if (event == Event.ENTER) {
            depth++;
        }
    }

    private String text(Position at) {
        List<String> file = lines.getOrDefault(at.file(), List.of());
        return at.line() > 0 && at.line() <= file.size()
                ? file.get(at.line() - 1).strip()
                : "";
    }
}
