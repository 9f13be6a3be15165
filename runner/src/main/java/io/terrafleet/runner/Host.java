package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A warm runner: takes assignments one after the other, a line of JSON each, and answers each with its outcome. The end of input means
 * that the worker is gone: the current job is finished, then the host ends. A SIGTERM interrupts the current job and waits for it.
 */
final class Host {
    private static final long STOP_MINUTES = 15;

    private final Equipment equipment;
    private final Supplier<String> claimants;
    private @Nullable PhaseExecution current;
    private boolean stopping;

    Host(Equipment equipment, Supplier<String> claimants) {
        this.equipment = equipment;
        this.claimants = claimants;
    }

    /** Works until the input ends or somebody stops the host. */
    void serve(BufferedReader input, PrintStream answers) throws IOException, InterruptedException {
        for (String line = input.readLine(); line != null && !line.isBlank(); line = input.readLine()) {
            answers.println(PhaseExecution.line(execute(Json.mapper().readValue(line, Assignment.class))));
            answers.flush();
            if (stopped()) {
                return;
            }
        }
    }

    Outcome execute(Assignment assignment) throws InterruptedException {
        JobDirectory directory = new JobDirectory(Path.of(assignment.directory()));
        PhaseExecution execution = new PhaseExecution(assignment, directory, equipment, claimants.get());
        begin(execution);
        try {
            return execution.run();
        } finally {
            end();
        }
    }

    private synchronized void begin(PhaseExecution execution) {
        current = execution;
        if (stopping) {
            execution.stop();
        }
    }

    private synchronized void end() {
        current = null;
        notifyAll();
    }

    private synchronized boolean stopped() {
        return stopping;
    }

    /** Interrupts the current job and waits until it is reported. Called by the shutdown hook. */
    synchronized void stop() {
        stopping = true;
        if (current != null) {
            current.stop();
        }
        try {
            long left = TimeUnit.MINUTES.toSeconds(STOP_MINUTES);
            while (current != null && left-- > 0) {
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
