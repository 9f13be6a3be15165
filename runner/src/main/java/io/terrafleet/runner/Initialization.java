package io.terrafleet.runner;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.runner.terraform.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Whether a phase needs {@code init}. An apply has what its plan was given. A plan has what the last run of the same workspace was
 * given, when the configuration is the same and left init no choice: modules of the configuration's own, providers that its lock file
 * names. Terraform compares the providers with that file whenever it starts them.
 */
final class Initialization {
    private static final String MARK = "terrafleet-init";

    private final Optional<Handover> handover;
    private final JobId job;
    private final String version;
    private final Path configuration;
    private final Path working;
    private final KeySource keySource;
    private final Optional<String> key;

    /** What the configuration is now. */
    interface KeySource {
        Optional<String> read() throws IOException;
    }

    /**
     * @param handover absent where a machine never sees two phases
     * @param configuration the root, as the file system knows it
     */
    Initialization(
            Optional<Handover> handover,
            JobId job,
            String version,
            Path configuration,
            Path working,
            KeySource keySource)
            throws IOException {
        this.handover = handover;
        this.configuration = configuration;
        this.job = job;
        this.version = version;
        this.working = working;
        this.keySource = keySource;
        this.key = handover.isPresent() ? keySource.read() : Optional.empty();
    }

    /** @return whether the working directory is initialized now */
    boolean isThere() throws IOException {
        if (handover.isEmpty()) {
            return false;
        }
        if (job.phase() == Phase.APPLY) {
            return handover.get().take(forApply(), working);
        }
        if (key.isEmpty() || !handover.get().take(forNext(key.get()), working)) {
            return false;
        }
        Path made = WorkingDirectory.dataDirectory(working);
        if (modulesAreItsOwn(made)) {
            return true;
        }
        JobDirectory.delete(made);
        return false;
    }

    /** After init: notes whether it would do the same again. */
    void made() throws IOException {
        Path made = WorkingDirectory.dataDirectory(working);
        if (key.isPresent() && Files.isDirectory(made) && key.equals(keySource.read()) && modulesAreItsOwn(made)) {
            Files.writeString(made.resolve(MARK), key.get());
        }
    }

    /** Whatever ran there before could write: what terraform would run is what the configuration brings, and lies where it brings it. */
    private boolean modulesAreItsOwn(Path made) throws IOException {
        Path list = made.resolve("modules").resolve("modules.json");
        if (!Files.exists(list)) {
            return true;
        }
        JsonNode modules = Json.mapper().readTree(Files.readAllBytes(list)).path("Modules");
        return StreamSupport.stream(modules.spliterator(), false).allMatch(this::isItsOwn);
    }

    private boolean isItsOwn(JsonNode module) {
        String source = module.path("Source").asText();
        Path directory = working.resolve(module.path("Dir").asText()).normalize();
        return (source.isEmpty() || source.startsWith("./") || source.startsWith("../"))
                && directory.startsWith(configuration)
                && !directory.startsWith(WorkingDirectory.dataDirectory(working));
    }

    /** The plan is over, and its apply may come. */
    void leaveForApply() {
        leave(Optional.of(forApply()));
    }

    /** The run is over. */
    void leaveForNext() {
        leave(key.filter(this::isMarked).map(this::forNext));
    }

    private boolean isMarked(String wanted) {
        try {
            Path mark = WorkingDirectory.dataDirectory(working).resolve(MARK);
            return Files.exists(mark) && Files.readString(mark).equals(wanted);
        } catch (IOException e) {
            System.err.println(job + ": what init made is not kept: " + e.getMessage());
            return false;
        }
    }

    /** Nothing is lost without it: the next phase begins from nothing then. */
    private void leave(Optional<String> name) {
        if (handover.isEmpty() || name.isEmpty()) {
            return;
        }
        try {
            handover.get().leave(name.get(), working);
        } catch (IOException e) {
            System.err.println(job + ": what init made cannot be kept: " + e.getMessage());
        }
    }

    private String forApply() {
        return job.run() + "-" + version;
    }

    private String forNext(String wanted) {
        return "init-" + wanted;
    }
}
