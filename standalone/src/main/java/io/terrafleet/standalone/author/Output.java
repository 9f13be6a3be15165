package io.terrafleet.standalone.author;

import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes. */
record Output(PrintWriter out, PrintWriter err) {
    static Output of(@Nullable CommandSpec spec) {
        var line = Objects.requireNonNull(spec).commandLine();
        return new Output(line.getOut(), line.getErr());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void warn(String text) {
        err.println(text);
        err.flush();
    }

    /** One line for each error, with its place. */
    void errors(RegoException e) {
        for (RegoError error : e.errors()) {
            warn(error.toString());
        }
    }
}
