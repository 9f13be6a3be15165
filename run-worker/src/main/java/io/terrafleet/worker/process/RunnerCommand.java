package io.terrafleet.worker.process;

import io.terrafleet.contracts.Json;
import io.terrafleet.runner.Outcome;
import io.terrafleet.runner.terraform.ChildEnvironment;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts runner processes: in a session of their own where {@code setsid} exists, so that a Ctrl-C in the platform's terminal does
 * not reach terraform beside our own signal (two signals make it give up its state); with a few variables of our environment only.
 */
final class RunnerCommand {
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    /** A runner trusts whatever certificate authorities its worker trusts. */
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    private static final String CERTIFICATES = "SSL_CERT_FILE";

    private final List<String> prefix;
    private final Path logs;
    private final Map<String, String> environment;
    private final List<String> passEnvironment;
    private final Optional<Path> certificates;

    RunnerCommand(ProcessConfig config, Map<String, String> environment) {
        this.prefix = prefix(config);
        this.logs = config.data().toAbsolutePath().resolve("hosts");
        this.environment = environment;
        this.passEnvironment = config.passEnvironment().orElse(List.of());
        this.certificates = config.certificates();
    }

    private static List<String> prefix(ProcessConfig config) {
        List<String> line = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> line.add(setsid.toString()));
        line.add(config.java()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java"))
                .toString());
        line.addAll(config.jvmOptions());
        TRUST.forEach(name -> {
            String value = System.getProperty(name);
            if (value != null) {
                line.add("-D" + name + "=" + value);
            }
        });
        line.add("-XX:+ExitOnOutOfMemoryError");
        line.add("-cp");
        line.add(classPath(config.runnerClasspath()));
        line.add("io.terrafleet.runner.Main");
        return List.copyOf(line);
    }

    private static String classPath(String configured) {
        boolean directory = !configured.contains(File.pathSeparator) && Files.isDirectory(Path.of(configured));
        return directory ? Path.of(configured).toAbsolutePath() + File.separator + "*" : configured;
    }

    /** Names of environment variables that terraform gets besides the usual. */
    List<String> passEnvironment() {
        return passEnvironment;
    }

    RunnerHost host(String name) throws IOException {
        return new RunnerHost(builder(name, List.of("host")).start());
    }

    /** Takes over what a dead runner left, and waits for that. */
    Optional<Outcome> rescue(JobFolder folder, boolean killed) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("rescue", folder.directory().root().toString()));
        if (killed) {
            arguments.add("killed");
        }
        Process process = builder("rescue", arguments).start();
        process.getOutputStream().close();
        try (BufferedReader answer = process.inputReader(StandardCharsets.UTF_8)) {
            String line = answer.readLine();
            return line == null ? Optional.empty() : Optional.of(Json.mapper().readValue(line, Outcome.class));
        }
    }

    private ProcessBuilder builder(String name, List<String> arguments) throws IOException {
        Files.createDirectories(logs);
        List<String> line = new ArrayList<>(prefix);
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        logs.resolve(name + ".log").toFile()));
        builder.environment().clear();
        List<String> names = new ArrayList<>(ChildEnvironment.INHERITED);
        names.addAll(passEnvironment);
        names.forEach(variable -> {
            String value = environment.get(variable);
            if (value != null) {
                builder.environment().put(variable, value);
            }
        });
        certificates.ifPresent(file ->
                builder.environment().put(CERTIFICATES, file.toAbsolutePath().toString()));
        return builder;
    }
}
