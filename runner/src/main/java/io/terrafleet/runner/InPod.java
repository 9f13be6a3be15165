package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import io.terrafleet.runner.Outcome.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One assignment in a pod, whose first process this is: waits until the container beside it has copied the terraform binary, works, and
 * leaves its last word where the kubelet reads it. A SIGTERM (an eviction, a drained node, a deleted Job) interrupts terraform once; the
 * process ends when the state is shipped and the result reported, or when the kubelet's patience is over.
 */
final class InPod {
    private static final long POLL_MILLIS = 20;

    /** Characters; a kubelet keeps 4096 bytes of all. */
    private static final int LONGEST_MESSAGE = 800;

    private final Host host;
    private final Path lastWord;
    private final boolean copied;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /**
     * @param lastWord the container's termination message, a file that the kubelet made
     * @param copied whether a container beside this one copies the binary; else a volume brings it, and it is there or never comes
     */
    InPod(Host host, Path lastWord, boolean copied) {
        this.host = host;
        this.lastWord = lastWord;
        this.copied = copied;
    }

    Outcome run(Path assignmentFile) throws IOException, InterruptedException {
        try {
            Assignment assignment = Json.mapper().readValue(assignmentFile.toFile(), Assignment.class);
            Outcome outcome = run(assignment);
            Files.writeString(lastWord, PhaseExecution.line(brief(outcome)), StandardCharsets.UTF_8);
            return outcome;
        } finally {
            done.countDown();
        }
    }

    private Outcome run(Assignment assignment) throws InterruptedException {
        Path binary = Path.of(assignment.terraform());
        if (!copied && !Files.isExecutable(binary)) {
            return Outcome.of(
                    assignment.job(),
                    End.NO_BINARY,
                    "there is nothing to execute at " + binary
                            + ", where a volume made of the image should have it: either the image has it elsewhere, or the node's"
                            + " container runtime does not know such volumes");
        }
        return isThere(binary)
                ? host.execute(assignment)
                : Outcome.of(assignment.job(), End.NOT_BEGUN, "the pod was stopped before it began");
    }

    /** The binary appears whole, under its name. Nothing limits the wait here: whoever made the pod ends it. */
    private boolean isThere(Path binary) throws InterruptedException {
        if (!Files.isExecutable(binary)) {
            System.err.println("waiting for " + binary + " from the container beside this one");
        }
        while (!Files.isExecutable(binary)) {
            if (stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return stopping.getCount() > 0;
    }

    private static Outcome brief(Outcome outcome) {
        String message = outcome.message();
        return message.length() <= LONGEST_MESSAGE
                ? outcome
                : new Outcome(
                        outcome.job(), outcome.end(), message.substring(0, LONGEST_MESSAGE) + "…", outcome.keptState());
    }

    /** Called by the shutdown hook: returns when everything has been said. */
    void stop() {
        stopping.countDown();
        host.stop();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
