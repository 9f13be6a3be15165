package io.terrafleet.api.run;

import io.terrafleet.api.run.Transition.Ignored;
import io.terrafleet.api.run.Transition.Moved;
import io.terrafleet.api.run.Transition.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Walks every run that can be, from pending on, and writes down what it saw. */
final class LifecyclePage {
    /** An arrow of the picture. */
    private record Move(String from, String input, String to) {}

    private record Place(String state, String input) {}

    private static final Map<String, RunOptions> KINDS = kinds();
    private static final String AGAIN =
            "mvn -pl api-service -am test -Dtest=LifecyclePageTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dterrafleet.regenerate=true";
    private final RunLifecycle lifecycle = LifecycleGrid.lifecycle();
    private final Map<String, Set<String>> words = new LinkedHashMap<>();
    private final Map<String, Set<String>> reachedBy = new LinkedHashMap<>();
    private final Map<Move, Set<String>> moves = new LinkedHashMap<>();
    private final Map<Place, Set<String>> refusals = new LinkedHashMap<>();

    private LifecyclePage() {
        LifecycleGrid.stateTypes().forEach(type -> words.put(type.getSimpleName(), new TreeSet<>()));
        KINDS.forEach(this::walk);
    }

    static String text() {
        LifecyclePage page = new LifecyclePage();
        StringBuilder text = new StringBuilder("# The life of a run\n\n");
        text.append("<!-- Generated from RunLifecycle; do not edit. Again: ")
                .append(AGAIN)
                .append(" -->\n\n");
        text.append(
                "A wish comes from a person and is granted or refused with a sentence. A fact comes from a service, or"
                        + " from the clock (`TimePassed`); one that does not fit (any more) is ignored, for facts arrive"
                        + " twice and late. A run is confirmed by hand, or auto-apply, or plan only, or keeps its saved plan, or"
                        + " auto-apply with run tasks at every stage; a kind in brackets means that of the runs that come to"
                        + " this state only these move so.\n\n");
        page.statuses(text);
        page.picture(text);
        page.table(text, "Wishes", RunInput.Wish.class);
        page.table(text, "Facts", RunInput.Fact.class);
        page.refused(text);
        return text.toString();
    }

    private static Map<String, RunOptions> kinds() {
        Map<String, RunOptions> kinds = new LinkedHashMap<>();
        kinds.put("confirmed by hand", LifecycleGrid.NORMAL);
        kinds.put("auto-apply", LifecycleGrid.AUTO);
        kinds.put("plan only", LifecycleGrid.PLAN_ONLY);
        kinds.put("with run tasks", LifecycleGrid.WITH_TASKS);
        kinds.put("saved plan", LifecycleGrid.SAVED);
        return kinds;
    }

    private static List<RunInput> inputs() {
        List<RunInput> inputs = new ArrayList<>(LifecycleGrid.inputs());
        LifecycleGrid.inputs().stream()
                .filter(RunInput.PlanFinished.class::isInstance)
                .map(RunInput.PlanFinished.class::cast)
                .forEach(fact -> inputs.add(new RunInput.PlanFinished(fact.job(), LifecycleGrid.plan(false))));
        return inputs;
    }

    private void walk(String kind, RunOptions options) {
        RunState first = new RunState.Pending(LifecycleGrid.NOW);
        Set<RunState> seen = new HashSet<>(Set.of(first));
        Deque<RunState> open = new ArrayDeque<>(seen);
        List<RunInput> inputs = inputs();
        while (!open.isEmpty()) {
            RunState state = open.remove();
            words.computeIfAbsent(name(state), any -> new TreeSet<>()).add("`" + RunView.status(state) + "`");
            reachedBy.computeIfAbsent(name(state), any -> new LinkedHashSet<>()).add(kind);
            for (RunInput input : inputs) {
                for (Instant now : List.of(LifecycleGrid.NOW, LifecycleGrid.NOW.plus(Duration.ofDays(2)))) {
                    switch (lifecycle.next(LifecycleGrid.RUN, options, state, input, now)) {
                        case Moved(RunState to) -> {
                            moves.computeIfAbsent(move(state, input, to), any -> new LinkedHashSet<>())
                                    .add(kind);
                            if (seen.add(to)) {
                                open.add(to);
                            }
                        }
                        case Refused(String why) ->
                            refusals.computeIfAbsent(place(state, input), any -> new TreeSet<>())
                                    .add(why.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\S+Z", "TIME"));
                        case Ignored() -> {}
                    }
                }
            }
        }
    }

    private static Place place(RunState state, RunInput input) {
        return new Place(name(state), name(input));
    }

    private static Move move(RunState from, RunInput input, RunState to) {
        return new Move(name(from), name(input), name(to));
    }

    private static String name(Object example) {
        return example.getClass().getSimpleName();
    }

    private static List<String> unfinished() {
        return LifecycleGrid.stateTypes().stream()
                .filter(type -> !RunState.Finished.class.isAssignableFrom(type))
                .<String>map(Class::getSimpleName)
                .toList();
    }

    private List<String> order() {
        return List.copyOf(words.keySet());
    }

    private void statuses(StringBuilder text) {
        text.append("## States\n\n| state | shown outside as | |\n|---|---|---|\n");
        List<String> unfinished = unfinished();
        words.forEach((state, shown) -> text.append("| ")
                .append(state)
                .append(" | ")
                .append(String.join(" or ", shown))
                .append(unfinished.contains(state) ? " | |\n" : " | finished: nothing moves it any more |\n"));
    }

    private void picture(StringBuilder text) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        moves.forEach(
                (move, kinds) -> arrows.computeIfAbsent(move.from() + " --> " + move.to(), any -> new LinkedHashSet<>())
                        .add(move.input() + only(move.from(), kinds)));
        text.append("\n## All moves\n\n```mermaid\nstateDiagram-v2\n    [*] --> Pending\n");
        arrows.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        arrow -> order().indexOf(arrow.getKey().split(" ")[0])))
                .forEach(arrow -> text.append("    ")
                        .append(arrow.getKey())
                        .append(" : ")
                        .append(String.join(", ", arrow.getValue()))
                        .append('\n'));
        List<String> unfinished = unfinished();
        words.keySet().stream()
                .filter(state -> !unfinished.contains(state))
                .forEach(state -> text.append("    ").append(state).append(" --> [*]\n"));
        text.append("```\n");
    }

    /** Which kinds of run move so, unless all that come to the state do. */
    private String only(String state, Set<String> kinds) {
        return kinds.equals(reachedBy.get(state)) ? "" : " (" + String.join(" or ", kinds) + ")";
    }

    private void table(StringBuilder text, String title, Class<?> kind) {
        text.append("\n## ").append(title).append("\n\n");
        text.append("An empty cell: ")
                .append(kind == RunInput.Wish.class ? "refused" : "ignored")
                .append(". Several states: which one depends on what the input and the run carry.\n\n| state |");
        List<String> inputs = LifecycleGrid.inputs().stream()
                .filter(kind::isInstance)
                .map(LifecyclePage::name)
                .distinct()
                .toList();
        inputs.forEach(input -> text.append(' ').append(input).append(" |"));
        text.append("\n|---|").append("---|".repeat(inputs.size())).append('\n');
        for (String state : unfinished()) {
            text.append("| **").append(state).append("** |");
            inputs.forEach(input -> text.append(' ').append(cell(state, input)).append(" |"));
            text.append('\n');
        }
    }

    private String cell(String state, String input) {
        return moves.entrySet().stream()
                .filter(move -> move.getKey().from().equals(state)
                        && move.getKey().input().equals(input))
                .sorted(Comparator.comparingInt(
                        move -> order().indexOf(move.getKey().to())))
                .map(move -> move.getKey().to() + only(state, move.getValue()))
                .collect(Collectors.joining("<br>"));
    }

    private void refused(StringBuilder text) {
        text.append("\n## What a refused wish is told\n\n| state | wish | sentence |\n|---|---|---|\n");
        List<String> unfinished = unfinished();
        refusals.entrySet().stream()
                .filter(refusal -> unfinished.contains(refusal.getKey().state()))
                .sorted(Comparator.comparingInt(
                        refusal -> order().indexOf(refusal.getKey().state())))
                .forEach(refusal -> text.append("| ")
                        .append(refusal.getKey().state())
                        .append(" | ")
                        .append(refusal.getKey().input())
                        .append(" | ")
                        .append(String.join("<br>", refusal.getValue()))
                        .append(" |\n"));
        text.append("\nIn a finished state every wish is refused: \"The run is over\", with its status.\n");
    }
}
