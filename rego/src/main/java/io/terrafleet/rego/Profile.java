package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.problem.Position;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures what the literals of watched policies take, without what they call. For one thread. */
public final class Profile implements Observer {
    private final Map<Position, long[]> byPlace = new HashMap<>();
    private @Nullable Position current;
    private long since;

    /**
     * @param nanos time spent there
     * @param tried how often it was tried
     * @param held how often it held
     */
    public record Line(Position at, long nanos, long tried, long held) {}

    @Override
    public void see(Event event, String rule, Position at) {
        long now = System.nanoTime();
        if (current != null) {
            counters(current)[0] += now - since;
        }
        if (event == Event.TRY || event == Event.HOLD) {
            counters(at)[event == Event.TRY ? 1 : 2]++;
        }
        current = at;
        since = now;
    }

    private long[] counters(Position at) {
        return byPlace.computeIfAbsent(at, place -> new long[3]);
    }

    /** The most expensive first. */
    public List<Line> lines() {
        return byPlace.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
                .sorted(Comparator.comparingLong(Line::nanos).reversed())
                .toList();
    }
}
