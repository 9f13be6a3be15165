package io.terrafleet.worker.process;

import io.terrafleet.contracts.Json;
import io.terrafleet.runner.Assignment;
import io.terrafleet.runner.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A runner's process that waits for assignments. */
final class RunnerHost {
    private final Process process;
    private final BufferedWriter assignments;
    private final BufferedReader outcomes;

    RunnerHost(Process process) {
        this.process = process;
        this.assignments = process.outputWriter(StandardCharsets.UTF_8);
        this.outcomes = process.inputReader(StandardCharsets.UTF_8);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** @throws IOException when the host is gone; it may have begun all the same */
    void assign(Assignment assignment) throws IOException {
        assignments.write(new String(Json.write(assignment), StandardCharsets.UTF_8));
        assignments.newLine();
        assignments.flush();
    }

    /** Waits for the outcome; empty when the host died. */
    Optional<Outcome> outcome() throws IOException {
        String line = outcomes.readLine();
        return line == null ? Optional.empty() : Optional.of(Json.mapper().readValue(line, Outcome.class));
    }

    /** Lets it end when it has no more work. */
    void dismiss() throws IOException {
        assignments.close();
    }

    /** Interrupts what it works on, once; it reports and ends. */
    void interrupt() {
        process.toHandle().destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    boolean ends(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }
}
