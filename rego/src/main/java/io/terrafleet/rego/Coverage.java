package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.problem.Position;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts which lines of watched policies evaluations have come to. For one thread. */
public final class Coverage implements Observer {
    private final Set<Position> seen = new HashSet<>();

    @Override
    public void see(Event event, String rule, Position at) {
        // A rule counts when it has a solution, a literal when it is tried.
        if (event == Event.EXIT || event == Event.TRY) {
            seen.add(at);
        }
    }

    /** @param missed lines with a rule or a literal that nothing came to */
    public record File(SortedSet<Integer> covered, SortedSet<Integer> missed) {}

    /** By file. */
    public Map<String, File> of(Collection<Position> places) {
        Map<String, File> files = new TreeMap<>();
        for (Position place : places) {
            File file = files.computeIfAbsent(place.file(), name -> new File(new TreeSet<>(), new TreeSet<>()));
            (seen.contains(place) ? file.covered() : file.missed()).add(place.line());
        }
        files.values().forEach(file -> file.missed().removeAll(file.covered()));
        return files;
    }

    /** Lines covered of all, from 0 to 100; 100 when there is nothing to cover. */
    public static double percent(Map<String, File> files) {
        long covered =
                files.values().stream().mapToLong(file -> file.covered().size()).sum();
        long missed =
                files.values().stream().mapToLong(file -> file.missed().size()).sum();
        return covered + missed == 0 ? 100 : 100.0 * covered / (covered + missed);
    }
}
