package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.Coverage;
import io.terrafleet.rego.Profile;
import io.terrafleet.rego.Query.Solution;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import io.terrafleet.standalone.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a query, in the manner of {@code opa eval}. */
@Command(
        name = "eval",
        description = {
            "Evaluates a query over policies and documents.",
            "Exit code: 0, or with --fail 1 when the result is undefined or false, with --fail-defined when it is not; 2 on errors."
        })
final class RegoEvalCommand implements Callable<Integer> {
    private static final int MOST_TRACED = 100_000;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "QUERY", description = "For example data.acme.deny, or x := 1; x > 0")
    String query = "";

    @Option(
            names = {"-d", "--data"},
            paramLabel = "PATH",
            description = "Policies, data files, directories; may be repeated.")
    List<Path> data = new ArrayList<>();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "The document input: JSON or YAML; - for standard input.")
    @Nullable
    String input;

    @Option(
            names = {"-I", "--stdin-input"},
            description = "Read the input from standard input.")
    boolean standardInput;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "json (as opa prints it), pretty, values or raw.")
    String format = "json";

    @Option(names = "--fail", description = "Exit with 1 when the result is undefined, empty or false.")
    boolean fail;

    @Option(names = "--fail-defined", description = "Exit with 1 when there is a result that is not empty or false.")
    boolean failDefined;

    @Option(
            names = "--strict-builtin-errors",
            description = "A built-in function that fails is an error, not undefined.")
    boolean strict;

    @Option(
            names = {"--v0", "--v0-compatible"},
            description = "The policies are of Rego's version 0.")
    boolean versionZero;

    @Option(
            names = "--allow",
            paramLabel = "FUNCTION",
            description = "Let policies call http.send or net.lookup_ip_addr.")
    Set<String> allowed = Set.of();

    @Option(names = "--trace", description = "Tell every rule and literal on the way, on standard error.")
    boolean trace;

    @Option(names = "--coverage", description = "Add the lines that were covered.")
    boolean coverage;

    @Option(names = "--profile", description = "Tell the most expensive lines, on standard error.")
    boolean profile;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        Sources sources = Sources.read(data, true, versionZero ? Language.V0 : Language.V1);
        boolean watched = trace || coverage || profile;
        CompiledPolicies compiled =
                watched ? RegoCompiler.compileWatched(sources.modules()) : RegoCompiler.compile(sources.modules());
        Coverage covered = new Coverage();
        Profile profiled = new Profile();
        Settings settings = Settings.DEFAULT
                .withNow(Wiring.clock().instant())
                .withStrictBuiltinErrors(strict)
                .withAllowed(allowed)
                .withPrinted(output::warn)
                .withObserver(observer(output, sources, covered, profiled));
        List<Solution> solutions = compiled.query(query).solutions(document(), sources.data(), settings);
        ObjectNode result = result(solutions);
        if (coverage) {
            result.set("coverage", asJson(covered.of(compiled.places())));
        }
        tell(output, solutions, result);
        if (profile) {
            profiled.lines().stream()
                    .limit(10)
                    .forEach(line -> output.warn(String.format(
                            java.util.Locale.ROOT,
                            "%10.3f ms %8d tried %8d held  %s",
                            line.nanos() / 1e6,
                            line.tried(),
                            line.held(),
                            line.at())));
        }
        boolean defined = isDefined(solutions);
        return (fail && !defined) || (failDefined && defined) ? ExitCode.FAILED : ExitCode.PASSED;
    }

    private @Nullable Value document() {
        if (standardInput) {
            return Documents.value("-");
        }
        return input == null ? null : Documents.value(input);
    }

    private Observer observer(Output output, Sources sources, Coverage covered, Profile profiled) {
        Trace traced = new Trace(sources, output, MOST_TRACED);
        return (event, rule, at) -> {
            if (coverage) {
                covered.see(event, rule, at);
            }
            if (profile) {
                profiled.see(event, rule, at);
            }
            if (trace) {
                traced.see(event, rule, at);
            }
        };
    }

    private static boolean isDefined(List<Solution> solutions) {
        return !solutions.isEmpty()
                && solutions.stream()
                        .flatMap(solution -> solution.value().stream())
                        .allMatch(value -> !value.equals(BoolValue.FALSE)
                                && !value.equals(ObjectValue.EMPTY)
                                && !value.equals(io.terrafleet.rego.value.SetValue.EMPTY)
                                && !value.equals(io.terrafleet.rego.value.ArrayValue.EMPTY));
    }

    private ObjectNode result(List<Solution> solutions) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (solutions.isEmpty()) {
            return all;
        }
        ArrayNode results = all.putArray("result");
        for (Solution solution : solutions) {
            ObjectNode one = results.addObject();
            ObjectNode expression = one.putArray("expressions").addObject();
            expression.set("value", solution.value().orElse(BoolValue.TRUE).toJsonNode());
            expression.put("text", query);
            expression.putObject("location").put("row", 1).put("col", 1);
            if (!solution.bindings().isEmpty()) {
                ObjectNode bindings = one.putObject("bindings");
                new java.util.TreeMap<>(solution.bindings())
                        .forEach((name, value) -> bindings.set(name, value.toJsonNode()));
            }
        }
        return all;
    }

    private static ObjectNode asJson(Map<String, Coverage.File> files) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        files.forEach((file, lines) -> {
            ObjectNode one = node.putObject(file);
            lines.covered().forEach(one.putArray("covered")::add);
            lines.missed().forEach(one.putArray("not_covered")::add);
        });
        return node.put("percent", Coverage.percent(files));
    }

    private void tell(Output output, List<Solution> solutions, ObjectNode result) {
        switch (format) {
            case "json" -> output.line(result.toPrettyString());
            case "pretty", "values", "raw" -> {
                if (solutions.isEmpty()) {
                    output.line("undefined");
                }
                for (Solution solution : solutions) {
                    Value value = solution.value().orElse(null);
                    if (value == null) {
                        solution.bindings().forEach((name, bound) -> output.line(name + " = " + bound));
                    } else if (format.equals("raw")) {
                        output.line(value instanceof StringValue text ? text.value() : value.toJson());
                    } else {
                        output.line(value.toJsonNode().toPrettyString());
                    }
                }
            }
            default ->
                throw new ToolFailure("there is no format \"" + format + "\"; there are json, pretty, values and raw");
        }
    }
}
