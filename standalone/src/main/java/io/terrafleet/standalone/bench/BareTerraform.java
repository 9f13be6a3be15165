package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.LocalTerraform;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** terraform as a person runs it in a directory, without us. */
final class BareTerraform {
    private final Path binary;
    private final String configuration;

    private BareTerraform(Path binary, String configuration) {
        this.binary = binary;
        this.configuration = configuration;
    }

    /** @throws PlatformUnusable without a terraform to compare with */
    static BareTerraform running(String configuration) {
        Path binary = LocalTerraform.find()
                .orElseThrow(
                        () -> new PlatformUnusable("the benchmarks compare with bare terraform, and there is none: put"
                                + " terraform on the PATH or name it in TERRAFLEET_TERRAFORM"));
        return new BareTerraform(binary, configuration);
    }

    /** {@code init}, {@code plan -out}, {@code show -json} in a new directory. @return seconds */
    double planned(Path directory) {
        return run(directory, false);
    }

    /** The same and {@code apply} of that plan. @return seconds */
    double applied(Path directory) {
        return run(directory, true);
    }

    private double run(Path directory, boolean apply) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("main.tf"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long begin = System.nanoTime();
        terraform(directory, "init", "-input=false", "-no-color");
        terraform(directory, "plan", "-input=false", "-no-color", "-out=plan");
        terraform(directory, "show", "-json", "plan");
        if (apply) {
            terraform(directory, "apply", "-input=false", "-no-color", "plan");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void terraform(Path directory, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(binary.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().put("TF_IN_AUTOMATION", "1");
        try {
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new PlatformUnusable("terraform " + arguments[0] + " takes longer than two minutes");
            }
            if (process.exitValue() != 0) {
                throw new PlatformUnusable(
                        "terraform " + arguments[0] + " failed: " + Files.readString(directory.resolve("output.txt")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
    }
}
