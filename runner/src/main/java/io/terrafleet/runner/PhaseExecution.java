package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.runner.Outcome.End;
import io.terrafleet.runner.platform.Claiming;
import io.terrafleet.runner.terraform.Leash;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One assignment, from the claim to the last word. */
public final class PhaseExecution {
    private final Assignment assignment;
    private final JobDirectory directory;
    private final Equipment equipment;
    private final String claimant;
    private @Nullable Leash leash;
    private boolean stopping;

    /** @param claimant a random text of this runner */
    public PhaseExecution(Assignment assignment, JobDirectory directory, Equipment equipment, String claimant) {
        this.assignment = assignment;
        this.directory = directory;
        this.equipment = equipment;
        this.claimant = claimant;
    }

    public Outcome run() throws InterruptedException {
        Outcome outcome;
        try {
            directory.create();
            directory.note(directory.runner(), JobDirectory.Pid.of(ProcessHandle.current()));
            directory.write(directory.claimant(), claimant);
            directory.write(directory.assignment(), assignment);
            outcome = claim();
        } catch (IOException e) {
            outcome = Outcome.of(assignment.job(), End.UNREPORTED, String.valueOf(e.getMessage()));
        }
        return close(directory, outcome);
    }

    /** The runner is being stopped: terraform is interrupted, once, and what it leaves is reported. */
    public synchronized void stop() {
        stopping = true;
        if (leash != null) {
            leash.interrupt(Leash.Cause.SHUTDOWN);
        }
    }

    private Outcome claim() throws IOException, InterruptedException {
        ClaimRequest wish = new ClaimRequest(claimant, assignment.version(), assignment.place());
        return switch (equipment.platform().claim(assignment.api(), assignment.job(), assignment.claimToken(), wish)) {
            case Claiming.Taken taken -> Outcome.of(assignment.job(), End.NOT_OURS, "another runner has the job");
            case Claiming.Unwanted unwanted -> Outcome.of(assignment.job(), End.UNWANTED, "nobody waits for the job");
            case Claiming.Won won -> {
                directory.write(directory.claim(), won.claim().alone());
                Leash held = new Leash(equipment.timer(), won.claim().coolOff());
                leash(held);
                yield new ClaimedPhase(assignment, won.claim(), won.lease(), directory, equipment, held).run();
            }
        };
    }

    private synchronized void leash(Leash made) {
        leash = made;
        if (stopping) {
            made.interrupt(Leash.Cause.SHUTDOWN);
        }
    }

    /** The last file of a job; then its secrets go, and the state too unless the platform did not get it. */
    static Outcome close(JobDirectory directory, Outcome outcome) {
        try {
            directory.write(directory.outcome(), outcome);
            directory.clear(outcome.keptState().isPresent());
            return outcome;
        } catch (IOException e) {
            System.err.println(outcome.job() + ": its directory could not be cleared: " + e.getMessage());
            return outcome;
        }
    }

    /** The line that a host answers with. */
    static String line(Outcome outcome) {
        return new String(Json.write(outcome), java.nio.charset.StandardCharsets.UTF_8);
    }

    static Outcome unreported(Assignment assignment, String message, Optional<String> keptState) {
        return new Outcome(assignment.job(), End.UNREPORTED, message, keptState);
    }
}
