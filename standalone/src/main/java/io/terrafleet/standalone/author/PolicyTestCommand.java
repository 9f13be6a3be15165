package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.Coverage;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoTests;
import io.terrafleet.rego.RegoTests.Outcome;
import io.terrafleet.rego.RegoTests.Result;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.standalone.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the unit tests that are written in Rego. */
@Command(
        name = "test",
        description = {
            "Runs the tests of policies: rules whose name starts with test_. todo_test_ are told and skipped.",
            "Exit code: 0 all pass, 1 one fails or too little is covered, 2 the policies do not compile."
        })
final class PolicyTestCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Directories or files: policies, tests, data.json, data.yaml.")
    List<Path> places = new ArrayList<>();

    @Option(names = "--run", paramLabel = "TEXT", description = "Only tests whose name contains the text.")
    String only = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "Also tell what passes.")
    boolean verbose;

    /** As the opa tool has it; here it is told in any case. */
    @Option(names = "--coverage", description = "How many lines are covered, which is always told.")
    boolean coverageAsked;

    @Option(names = "--threshold", paramLabel = "PERCENT", description = "Fail when fewer lines are covered.")
    double threshold;

    @Option(names = "--v0", description = "The policies are of Rego's version 0.")
    boolean versionZero;

    @Option(names = "--json", description = "Results and coverage as JSON.")
    boolean json;

    @Override
    public Integer call() {
        Sources sources = Sources.read(places, true, versionZero ? Language.V0 : Language.V1);
        CompiledPolicies compiled = RegoCompiler.compileWatched(sources.modules());
        Coverage coverage = new Coverage();
        Settings settings = Settings.DEFAULT.withNow(Wiring.clock().instant()).withObserver(coverage);
        List<Result> results = RegoTests.run(compiled, sources.data(), settings, name -> name.contains(only));
        Map<String, Coverage.File> files = coverage.of(compiled.places());
        files.keySet().removeIf(file -> Sources.isTest(Path.of(file)));
        double percent = Coverage.percent(files);
        Output output = Output.of(spec);
        if (json) {
            output.line(asJson(results, files, percent).toPrettyString());
        } else {
            tell(output, results, files, percent);
        }
        boolean bad = results.stream()
                .anyMatch(result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.BROKEN);
        if (results.isEmpty()) {
            output.warn("there are no tests");
        }
        return bad || percent < threshold ? ExitCode.FAILED : ExitCode.PASSED;
    }

    private void tell(Output output, List<Result> results, Map<String, Coverage.File> files, double percent) {
        for (Result result : results) {
            if (verbose || !result.passed()) {
                output.line(String.format(
                        Locale.ROOT,
                        "%-7s %s (%.1f ms)",
                        word(result.outcome()),
                        result.rule(),
                        result.took().toNanos() / 1e6));
                if (!result.message().isEmpty()) {
                    output.line("        " + result.message());
                }
                result.printed().forEach(line -> output.line("        " + line));
            }
        }
        files.forEach((file, lines) -> {
            if (!lines.missed().isEmpty()) {
                output.line("not covered: " + file + ":" + ranges(lines));
            }
        });
        output.line(String.format(
                Locale.ROOT,
                "%d tests: %d passed, %d failed, %d skipped; %.1f %% of the lines covered",
                results.size(),
                results.stream().filter(Result::passed).count(),
                results.stream()
                        .filter(result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.BROKEN)
                        .count(),
                results.stream()
                        .filter(result -> result.outcome() == Outcome.SKIPPED)
                        .count(),
                percent));
    }

    private static String ranges(Coverage.File lines) {
        return lines.missed().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "PASS";
            case FAILED -> "FAIL";
            case BROKEN -> "ERROR";
            case SKIPPED -> "SKIPPED";
        };
    }

    private static ObjectNode asJson(List<Result> results, Map<String, Coverage.File> files, double percent) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode tests = all.putArray("tests");
        for (Result result : results) {
            ObjectNode test = tests.addObject()
                    .put("rule", result.rule())
                    .put("outcome", word(result.outcome()).toLowerCase(java.util.Locale.ROOT))
                    .put("message", result.message())
                    .put("nanoseconds", result.took().toNanos());
            result.printed().forEach(test.putArray("printed")::add);
        }
        ObjectNode coverage = all.putObject("coverage").put("percent", percent);
        files.forEach((file, lines) -> {
            ObjectNode node = coverage.putObject(file);
            lines.covered().forEach(node.putArray("covered")::add);
            lines.missed().forEach(node.putArray("not_covered")::add);
        });
        return all;
    }
}
