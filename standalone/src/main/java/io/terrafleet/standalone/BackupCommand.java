package io.terrafleet.standalone;

import io.terrafleet.embedded.EmbeddedPostgres;
import io.terrafleet.standalone.backup.Backup;
import io.terrafleet.standalone.platform.DataDirectory;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes everything of one installation into a file. */
@Command(
        name = "backup",
        description = {
            "Writes everything of an installation into one file: database, states, plans, logs, keys, events under way.",
            "The platform must be stopped, so that all of it is of one moment.",
            "What lies in a bucket (terrafleet.artifact.place=s3) is not in it and is backed up by itself.",
            "The file contains the keys that open what is encrypted in it: guard it as the installation itself."
        })
final class BackupCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to write, a .tar.gz.")
    Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "The installation's data. Default: .terrafleet/data in the project.")
    @Nullable
    Path data;

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    @Override
    public Integer call() {
        Path directory = data == null ? PlatformOptions.root().resolve(".terrafleet/data") : data;
        if (!Files.isDirectory(directory.resolve("postgres"))) {
            throw new PlatformUnusable(directory + " holds no installation; name its data with --data.");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (DataDirectory held = DataDirectory.open(directory)) {
            EmbeddedPostgres.stopLeftBehind(held.resolve("postgres"));
            Backup.Contents contents = Backup.write(held, file.toAbsolutePath());
            out.printf(
                    Locale.ROOT,
                    "%s holds %,d files, %,d bytes of %s.%n",
                    file,
                    contents.files(),
                    contents.bytes(),
                    held.path());
            out.println("It contains the keys that open what is encrypted in it: guard it as the installation itself.");
            out.flush();
        }
        return 0;
    }
}
