package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs the unit tests that are written in the language: rules whose name starts with {@code test_}. */
public final class RegoTests {
    private RegoTests() {}

    /** How a test ended. */
    public enum Outcome {
        PASSED,
        /** The rule was undefined or false. */
        FAILED,
        /** The rule could not be evaluated. */
        BROKEN,
        /** The rule's name starts with {@code todo_}. */
        SKIPPED
    }

    /**
     * One test.
     *
     * @param rule its name in full, such as {@code data.a.test_b}
     * @param message why it is broken, otherwise empty
     * @param printed what it printed
     */
    public record Result(String rule, Outcome outcome, String message, List<String> printed, Duration took) {
        public Result {
            printed = List.copyOf(printed);
        }

        public boolean passed() {
            return outcome == Outcome.PASSED;
        }
    }

    /** Compiles the modules and runs their tests without base data. Throws {@link RegoException} when they do not compile. */
    public static List<Result> run(Collection<RegoModule> modules) {
        return run(RegoCompiler.compile(modules), ObjectValue.EMPTY, Settings.DEFAULT, name -> true);
    }

    /**
     * Runs tests among compiled policies over a base document.
     *
     * @param wanted tells by a test's name in full whether to run it
     */
    public static List<Result> run(CompiledPolicies policies, Value data, Settings settings, Predicate<String> wanted) {
        List<Result> results = new ArrayList<>();
        for (String rule : policies.rules()) {
            String name = rule.substring(rule.lastIndexOf('.') + 1);
            if (!wanted.test(rule)) {
                continue;
            }
            if (name.startsWith("test_")) {
                results.add(run(policies, rule, data, settings));
            } else if (name.startsWith("todo_test_")) {
                results.add(new Result(rule, Outcome.SKIPPED, "", List.of(), Duration.ZERO));
            }
        }
        return results;
    }

    private static Result run(CompiledPolicies policies, String rule, Value data, Settings settings) {
        List<String> printed = new ArrayList<>();
        long start = System.nanoTime();
        Outcome outcome;
        String message = "";
        try {
            Optional<Value> value = policies.query(rule).evaluate(null, data, settings.withPrinted(printed::add));
            outcome = value.filter(v -> !v.equals(BoolValue.FALSE)).isPresent() ? Outcome.PASSED : Outcome.FAILED;
        } catch (RegoException e) {
            outcome = Outcome.BROKEN;
            message = e.getMessage() == null ? "" : e.getMessage();
        }
        return new Result(rule, outcome, message, printed, Duration.ofNanos(System.nanoTime() - start));
    }
}
