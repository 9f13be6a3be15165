package io.terrafleet.standalone.author;

import io.terrafleet.rego.RegoFormatter;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Lays policies out in the one way. */
@Command(
        name = "fmt",
        description = {
            "Formats policies: indentation, spaces, blank lines. Prints them, or with --write changes the files.",
            "Exit code: 0, with --fail 1 when a file is not formatted, 2 when one does not parse."
        })
final class RegoFmtCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files or directories; without any, standard input.")
    List<Path> places = new ArrayList<>();

    @Option(
            names = {"-w", "--write"},
            description = "Change the files.")
    boolean write;

    @Option(
            names = {"-l", "--list"},
            description = "Only tell which files are not formatted.")
    boolean list;

    @Option(names = "--fail", description = "Exit with 1 when a file is not formatted.")
    boolean fail;

    @Option(
            names = {"--v0", "--v0-compatible"},
            description = "The policies are of Rego's version 0.")
    boolean versionZero;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        Language language = versionZero ? Language.V0 : Language.V1;
        boolean unformatted = false;
        boolean unreadable = false;
        for (Path file : places.isEmpty() ? List.of(Path.of("-")) : Sources.rego(places)) {
            String before = Sources.text(file);
            try {
                String after = RegoFormatter.format(file.toString(), before, language);
                boolean differs = !after.equals(before);
                unformatted |= differs;
                tell(output, file, after, differs);
            } catch (RegoException e) {
                output.errors(e);
                unreadable = true;
            }
        }
        if (unreadable) {
            return ExitCode.UNUSABLE;
        }
        return fail && unformatted ? ExitCode.FAILED : ExitCode.PASSED;
    }

    private void tell(Output output, Path file, String text, boolean differs) {
        if (list || fail) {
            if (differs) {
                output.line(file.toString());
            }
        } else if (write && !file.toString().equals("-")) {
            if (differs) {
                replace(file, text);
            }
        } else {
            output.out().print(text);
            output.out().flush();
        }
    }

    private static void replace(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ToolFailure("cannot write " + file + ": " + Documents.reason(e), e);
        }
    }
}
