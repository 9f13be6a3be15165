package io.terrafleet.standalone.journey;

import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The terraform command in a directory of its own.
 *
 * @param environment besides what terraform always needs
 * @param host where the platform is, in terraform's words; stands in for {@link CliPlatform#HOST} in all that is written here
 */
record Cli(Path directory, Map<String, String> environment, String host) {
    Cli(Path directory, Map<String, String> environment) {
        this(directory, environment, CliPlatform.HOST);
    }

    Cli write(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
        Files.writeString(path, content.replace(CliPlatform.HOST, host));
        return this;
    }

    Cli with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Cli(directory, more, host);
    }

    Screen starts(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(Terraform.orSkip().toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().putAll(environment);
        return new Screen("terraform " + String.join(" ", arguments), builder.start());
    }

    /** Runs it to its end without input. @return the screen */
    String does(String... arguments) throws IOException, InterruptedException {
        return starts(arguments).ends(0);
    }

    String fails(String... arguments) throws IOException, InterruptedException {
        return starts(arguments).ends(1);
    }
}
