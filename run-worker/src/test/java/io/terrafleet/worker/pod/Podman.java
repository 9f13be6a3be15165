package io.terrafleet.worker.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The podman of this machine with settings that let it start containers here.
 *
 * @param settings a containers.conf, when the usual one does not do
 */
record Podman(Optional<Path> settings) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TRIAL_LASTS = Duration.ofSeconds(20);
    private static final String NAME =
            "terrafleet-trial-" + ProcessHandle.current().pid();

    /** For machines where limits cannot be raised and cgroups of two versions are mixed, as within containers and small virtual machines. */
    private static final String MODEST =
            """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            """;

    /**
     * What a call printed.
     *
     * @param status exit status; 124 when it did not end in time
     */
    record Said(int status, String text) {
        boolean well() {
            return status == 0;
        }
    }

    /** A pod as the executor's in what containers of machines differ in. */
    private static final String TRIAL =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: NAME}
            spec:
              restartPolicy: Never
              securityContext: {runAsUser: 65532, runAsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: trial
                  image: IMAGE
                  imagePullPolicy: Never
                  command: [/bin/sh, -c, exit 0]
                  resources: {limits: {memory: 256Mi}}
                  securityContext: {readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
            """;

    /** The usual settings, then the modest ones: those with which a pod of the image's {@code /bin/sh} runs, or why none does. */
    static Found find(Path directory, String image) throws IOException {
        Path trial = Files.writeString(
                directory.resolve("trial.yaml"), TRIAL.replace("NAME", NAME).replace("IMAGE", image));
        Podman usual = new Podman(Optional.empty());
        Said first = usual.tries(trial);
        if (first.well()) {
            return new Found(usual, "");
        }
        Path settings = directory.resolve("containers.conf");
        Files.writeString(settings, MODEST);
        Podman modest = new Podman(Optional.of(settings));
        Said second = modest.tries(trial);
        return second.well()
                ? new Found(modest, "")
                : new Found(null, "podman cannot play a pod here: " + first.text() + "; " + second.text());
    }

    /** @param why there is none */
    record Found(@Nullable Podman podman, String why) {}

    private Said tries(Path manifest) {
        Said played = say("kube", "play", "--network", "host", manifest.toString());
        Said ended = played.well() ? say(TRIAL_LASTS, List.of("wait", NAME + "-trial")) : played;
        say("pod", "rm", "--force", "--time", "0", NAME);
        return ended.well() && ended.text().equals("0") ? ended : new Said(1, played.text() + " " + ended.text());
    }

    /** Runs it to its end. */
    Said say(String... arguments) {
        return say(PATIENCE, List.of(arguments));
    }

    Said say(Duration patience, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("podman"));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        settings.ifPresent(file -> builder.environment().put("CONTAINERS_CONF", file.toString()));
        try {
            Path printed = Files.createTempFile("podman", ".out");
            try {
                Process process = builder.redirectOutput(printed.toFile()).start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                return new Said(
                        ended ? process.exitValue() : 124,
                        Files.readString(printed, StandardCharsets.UTF_8).strip());
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            return new Said(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while podman worked", e);
        }
    }
}
