package io.terrafleet.runner.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs commands of one terraform binary in one working directory, on a leash. */
public final class Terraform {
    /** Takes output as it comes. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] chunk) throws IOException;
    }

    /** Is told each process that begins, so that it can be found again. */
    @FunctionalInterface
    public interface Birth {
        void began(String command, ProcessHandle process) throws IOException;
    }

    private static final Duration EXIT_GRACE = Duration.ofSeconds(30);

    private final String binary;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Path output;
    private final Leash leash;
    private final Birth birth;

    /**
     * @param environment all of it: nothing is inherited
     * @param output directory for what commands print, one file each
     */
    public Terraform(
            String binary,
            Path workingDirectory,
            Map<String, String> environment,
            Path output,
            Leash leash,
            Birth birth) {
        this.binary = binary;
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.output = output;
        this.leash = leash;
        this.birth = birth;
    }

    /** The file that keeps what a command printed. */
    public static Path outputOf(Path directory, String command) {
        return directory.resolve(command + ".out");
    }

    /**
     * Runs a command to its end.
     *
     * @param sink gets standard output and standard error in one stream
     * @return the exit code
     */
    public int run(String command, List<String> arguments, Sink sink)
            throws IOException, InterruptedException, Leash.Stopped {
        Path printed = outputOf(output, command);
        Files.deleteIfExists(printed);
        Files.createFile(printed);
        ProcessBuilder builder = builder(command, arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()));
        try (OutputTail tail = new OutputTail(printed)) {
            Process process = start(command, builder);
            CompletableFuture<Process> end = process.onExit();
            tail.follow(end, sink);
            return exitCode(process);
        } finally {
            leash.release();
        }
    }

    /**
     * Runs a command whose standard output is a document.
     *
     * @return the exit code; standard error is in the command's file of {@code output}
     */
    public int runInto(Path document, String command, List<String> arguments)
            throws IOException, InterruptedException, Leash.Stopped {
        ProcessBuilder builder = builder(command, arguments)
                .redirectOutput(document.toFile())
                .redirectError(outputOf(output, command).toFile());
        try {
            Process process = start(command, builder);
            process.waitFor();
            return exitCode(process);
        } finally {
            leash.release();
        }
    }

    private ProcessBuilder builder(String command, List<String> arguments) {
        List<String> line = new ArrayList<>(arguments.size() + 2);
        line.add(binary);
        line.add(command);
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(workingDirectory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private Process start(String command, ProcessBuilder builder) throws IOException, Leash.Stopped {
        leash.check();
        Process process = builder.start();
        leash.hold(process.toHandle());
        birth.began(command, process.toHandle());
        return process;
    }

    private static int exitCode(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(EXIT_GRACE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("terraform did not end");
        }
        return process.exitValue();
    }
}
