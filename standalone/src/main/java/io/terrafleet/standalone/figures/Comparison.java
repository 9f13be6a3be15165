package io.terrafleet.standalone.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page against an earlier one. Figures that are ratios already were measured against a yardstick in the same run, so they say something
 * on another machine too; all others are held against each other only when the machine is the same.
 */
public final class Comparison {
    /** How many times worse a figure may be before it is called so; benchmarks of a busy machine differ by half. */
    public static final double TOLERATED = 1.6;

    /** What is smaller, or was, says nothing. */
    private static final double LEAST = 1e-4;

    /**
     * One figure, then and now.
     *
     * @param worse how many times; below one is better
     */
    public record Line(String bench, String figure, double before, double now, double worse) {
        boolean isWorse() {
            return worse > TOLERATED;
        }

        boolean isBetter() {
            return worse < 1 / TOLERATED;
        }

        private String word() {
            return isWorse() ? "WORSE" : isBetter() ? "better" : "";
        }
    }

    private final List<Line> lines;
    private final String about;

    private Comparison(List<Line> lines, String about) {
        this.lines = lines;
        this.about = about;
    }

    public static Comparison of(Page before, Page now) {
        boolean sameMachine = before.machine().equals(now.machine());
        boolean alike = before.brief() == now.brief();
        Map<String, Page.Result> earlier =
                before.results().stream().collect(Collectors.toMap(Page.Result::bench, Function.identity()));
        List<Line> lines = new ArrayList<>();
        for (Page.Result result : now.results()) {
            Page.Result then = earlier.get(result.bench());
            if (then != null && alike) {
                result.figures().forEach((name, value) -> {
                    if (sameMachine || name.endsWith("Ratio")) {
                        add(lines, result.bench(), name, then.figures().get(name), value);
                    }
                });
            }
        }
        lines.sort(Comparator.comparingDouble(Line::worse).reversed());
        String about = "against " + before.date() + ", "
                + (!alike
                        ? "of other numbers (--brief), so nothing is compared"
                        : sameMachine ? "the same machine" : "another machine, so only ratios");
        return new Comparison(lines, about);
    }

    private static void add(
            List<Line> lines, String bench, String name, @org.jspecify.annotations.Nullable Double before, double now) {
        if (before != null && before > LEAST && now > LEAST) {
            Figures.better(name)
                    .ifPresent(better -> lines.add(new Line(bench, name, before, now, better.worse(before, now))));
        }
    }

    public List<Line> figures() {
        return List.copyOf(lines);
    }

    public boolean holds() {
        return lines.stream().noneMatch(Line::isWorse);
    }

    /** For people; what became worse comes first. */
    public List<String> lines() {
        List<String> text = new ArrayList<>();
        text.add("Compared " + about + ": " + lines.size() + " figures, "
                + lines.stream().filter(Line::isWorse).count() + " worse by more than " + TOLERATED + " times, "
                + lines.stream().filter(Line::isBetter).count() + " better by as much");
        for (Line line : lines) {
            text.add(String.format(
                    Locale.ROOT,
                    "  %-6s %-12s %-44s %12s -> %-12s x %.2f",
                    line.word(),
                    line.bench(),
                    line.figure(),
                    Figures.round(line.before()),
                    Figures.round(line.now()),
                    line.now() / line.before()));
        }
        return text;
    }
}
