package io.terrafleet.standalone;

import io.terrafleet.standalone.backup.Backup;
import io.terrafleet.standalone.backup.Restore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lays a backup out in a directory where nothing is. */
@Command(
        name = "restore",
        description = {
            "Lays a backup out in an empty directory; \"up\" with the same --data then goes on where it was.",
            "Two installations from one backup must not run at the same time: both would apply what was confirmed."
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "What \"backup\" wrote.")
    Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Where nothing is yet. Default: .terrafleet/data in the project.")
    @Nullable
    Path data;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() {
        Path directory = data == null ? PlatformOptions.root().resolve(".terrafleet/data") : data;
        Backup.Contents contents = Restore.read(file, directory);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT, "%,d files, %,d bytes restored to %s.%n", contents.files(), contents.bytes(), directory);
        out.flush();
        return 0;
    }
}
