package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Parses and compiles without evaluating. */
@Command(
        name = "check",
        description = {
            "Parses policies and checks them together: syntax, unknown functions, unsafe variables, recursion, conflicts.",
            "Exit code: 0 all well, 1 errors were found, 2 a file cannot be read."
        })
final class RegoCheckCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or directories.")
    List<Path> places = new ArrayList<>();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "pretty or json.")
    String format = "pretty";

    @Option(
            names = {"--v0", "--v0-compatible"},
            description = "The policies are of Rego's version 0.")
    boolean versionZero;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        List<RegoError> errors = errors();
        if (format.equals("json")) {
            output.line(asJson(errors).toPrettyString());
        } else {
            errors.forEach(error -> output.warn(error.toString()));
        }
        return errors.isEmpty() ? ExitCode.PASSED : ExitCode.FAILED;
    }

    /** Of every file that does not parse; when all do, of all together. */
    private List<RegoError> errors() {
        List<RegoError> errors = new ArrayList<>();
        List<RegoModule> modules = new ArrayList<>();
        for (Path file : Sources.rego(places)) {
            try {
                modules.addAll(Sources.read(List.of(file), true, versionZero ? Language.V0 : Language.V1)
                        .modules());
            } catch (RegoException e) {
                errors.addAll(e.errors());
            }
        }
        if (errors.isEmpty()) {
            try {
                RegoCompiler.compile(modules);
            } catch (RegoException e) {
                errors.addAll(e.errors());
            }
        }
        return errors;
    }

    private static ObjectNode asJson(List<RegoError> errors) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray("errors");
        for (RegoError error : errors) {
            list.addObject()
                    .put("message", error.message())
                    .put("code", error.code())
                    .putObject("location")
                    .put("file", error.at().file())
                    .put("row", error.at().line())
                    .put("col", error.at().column());
        }
        return all;
    }
}
