package io.terrafleet.runner;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.LastWord.LogTail;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.runner.Outcome.End;
import io.terrafleet.runner.identity.CloudCredentials;
import io.terrafleet.runner.log.LogShipper;
import io.terrafleet.runner.log.Mask;
import io.terrafleet.runner.log.RunLog;
import io.terrafleet.runner.platform.Claiming;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.state.ShippedNote;
import io.terrafleet.runner.state.StateShipper;
import io.terrafleet.runner.terraform.Leash;
import io.terrafleet.runner.terraform.OutputTail;
import io.terrafleet.runner.terraform.Remarks;
import io.terrafleet.runner.terraform.Terraform;
import io.terrafleet.runner.terraform.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes over the job of a runner that died. A plan is given up: nothing is lost with it. An apply is followed to its end if terraform
 * still runs, its log is completed, and its state is shipped.
 */
final class Rescue {
    private static final Duration LOG_PATIENCE = Duration.ofMinutes(11);

    private final JobDirectory directory;
    private final Equipment equipment;
    private final boolean killed;

    /** @param killed whether the runner was killed on purpose; then terraform is killed too */
    Rescue(JobDirectory directory, Equipment equipment, boolean killed) {
        this.directory = directory;
        this.equipment = equipment;
        this.killed = killed;
    }

    Outcome run() throws IOException, InterruptedException {
        Optional<Outcome> said = directory.read(directory.outcome(), Outcome.class);
        Optional<Assignment> assignment = directory.read(directory.assignment(), Assignment.class);
        if (said.isPresent()) {
            directory.clear(said.get().keptState().isPresent());
            return said.get();
        }
        if (assignment.isEmpty()) {
            JobId job = JobId.of(String.valueOf(directory.root().getFileName()));
            return Outcome.of(job, End.NOT_BEGUN, "the runner died before it began");
        }
        directory.note(directory.runner(), JobDirectory.Pid.of(ProcessHandle.current()));
        return PhaseExecution.close(directory, takeOver(assignment.get()));
    }

    private Outcome takeOver(Assignment assignment) throws IOException, InterruptedException {
        Optional<ProcessHandle> terraform = terraform();
        if (killed || assignment.job().phase() == Phase.PLAN) {
            terraform.ifPresent(Rescue::kill);
        }
        Optional<Claim> known = directory.read(directory.claim(), Claim.class);
        if (known.isPresent()) {
            Claim claim = known.get();
            return rescue(
                    assignment, claim, new Lease(assignment.api(), claim.job(), claim.leaseToken(), claim.fence()));
        }
        if (assignment.job().phase() == Phase.PLAN && !killed) {
            return Outcome.of(assignment.job(), End.LOST, "the runner died before it began");
        }
        return claimAgain(assignment);
    }

    /** The claim's answer was lost with the runner: the same claimant may ask again. */
    private Outcome claimAgain(Assignment assignment) throws IOException, InterruptedException {
        String claimant = directory.read(directory.claimant(), String.class).orElse("");
        ClaimRequest wish = new ClaimRequest(claimant, assignment.version(), assignment.place());
        return switch (equipment.platform().claim(assignment.api(), assignment.job(), assignment.claimToken(), wish)) {
            case Claiming.Taken taken -> Outcome.of(assignment.job(), End.NOT_OURS, "another runner has the job");
            case Claiming.Unwanted unwanted -> Outcome.of(assignment.job(), End.UNWANTED, "nobody waits for the job");
            case Claiming.Won won -> rescue(assignment, won.claim(), won.lease());
        };
    }

    private Outcome rescue(Assignment assignment, Claim claim, Lease lease) throws InterruptedException {
        if (claim.job().phase() == Phase.PLAN && !killed) {
            return Outcome.of(claim.job(), End.LOST, "the runner died during the plan");
        }
        Leash leash = new Leash(equipment.timer(), claim.coolOff());
        StateEnd stateEnd = StateEnd.kept("the runner died");
        ScheduledFuture<?> limit = equipment
                .timer()
                .schedule(
                        () -> leash.interrupt(Leash.Cause.TIMED_OUT),
                        claim.timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        try (Heart heart = Heart.beating(equipment.platform(), lease, claim.heartbeatEvery(), leash)) {
            Remarks remarks = new Remarks();
            Followed followed = follow(assignment, claim, lease, leash, remarks);
            stateEnd = followed.stateEnd();
            PhaseResult result = result(claim, remarks, stateEnd, leash);
            equipment.platform().report(lease, new LastWord(result, followed.tail(), Optional.empty()));
            String word = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return new Outcome(claim.job(), End.REPORTED, word, stateEnd.keptIn(directory));
        } catch (Fenced e) {
            return new Outcome(claim.job(), End.FENCED, String.valueOf(e.getMessage()), stateEnd.keptIn(directory));
        } catch (IOException e) {
            return new Outcome(claim.job(), End.UNREPORTED, String.valueOf(e.getMessage()), stateEnd.keptIn(directory));
        } finally {
            limit.cancel(false);
        }
    }

    /**
     * Writes the log anew from what terraform printed, which gives the very bytes that the dead runner sent as far as it came, and
     * ships the state.
     */
    private Followed follow(Assignment assignment, Claim claim, Lease lease, Leash leash, Remarks remarks)
            throws IOException, Fenced, InterruptedException {
        JobDirectory.writePrivately(directory.log(), new byte[0]);
        LogShipper shipper =
                new LogShipper(directory.log(), 0, equipment.platform(), lease, () -> leash.kill(Leash.Cause.FENCED));
        shipper.start();
        Mask mask = ClaimedPhase.maskOf(claim);
        StateEnd stateEnd;
        LogShipper.Ending ending;
        mask.alsoHide(CloudCredentials.obtained(directory.identity()));
        try (RunLog log = new RunLog(directory.log(), mask, claim.logLimitBytes(), shipper::grew)) {
            for (String line : ClaimedPhase.heading(assignment)) {
                log.line(line);
            }
            stateEnd = state(claim, lease, leash, remarks, log);
            if (remarks.applied().isEmpty()) {
                log.line("\nError: the runner died; " + told(stateEnd));
            }
        } finally {
            ending = shipper.finish(LOG_PATIENCE);
            ending.trouble().ifPresent(trouble -> System.err.println(lease.job() + ": " + trouble));
        }
        return new Followed(stateEnd, ending.tail());
    }

    private record Followed(StateEnd stateEnd, Optional<LogTail> tail) {}

    private StateEnd state(Claim claim, Lease lease, Leash leash, Remarks remarks, RunLog log)
            throws IOException, Fenced, InterruptedException {
        ShippedNote note = new ShippedNote(directory.shipped());
        try (StateShipper states = new StateShipper(
                directory.stateFile(), equipment.platform(), lease, note, () -> leash.kill(Leash.Cause.FENCED))) {
            Files.createDirectories(directory.state());
            states.start();
            Path printed = Terraform.outputOf(directory.output(), "apply");
            if (Files.exists(printed)) {
                await(printed, leash, remarks, log);
            }
            return states.finish(errored(claim)).map(StateEnd::kept).orElse(StateEnd.SHIPPED);
        }
    }

    private void await(Path printed, Leash leash, Remarks remarks, RunLog log)
            throws IOException, InterruptedException {
        Optional<ProcessHandle> terraform = terraform();
        terraform.ifPresent(leash::hold);
        CompletableFuture<?> end = terraform
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(null));
        try (OutputTail tail = new OutputTail(printed)) {
            tail.follow(end, chunk -> {
                remarks.read(chunk);
                log.write(chunk);
            });
            log.flush();
        } finally {
            leash.release();
        }
    }

    private Path errored(Claim claim) {
        try {
            return WorkingDirectory.find(directory.configuration(), claim.workingDirectory())
                    .resolve(ApplyPhase.ERRORED_STATE);
        } catch (IOException neverLaidOut) {
            return directory.configuration().resolve(ApplyPhase.ERRORED_STATE);
        }
    }

    private PhaseResult result(Claim claim, Remarks remarks, StateEnd stateEnd, Leash leash) {
        if (remarks.applied().isPresent() && stateEnd.shipped()) {
            return new PhaseResult.Applied(remarks.applied().get());
        }
        if (killed || leash.cause().isPresent()) {
            return new PhaseResult.Interrupted(killed || leash.killed(), stateEnd.shipped());
        }
        return new PhaseResult.Failed(
                "the runner died during the " + claim.job().phase().word() + "; " + told(stateEnd),
                Optional.empty(),
                stateEnd.shipped());
    }

    private String told(StateEnd stateEnd) {
        return stateEnd.shipped()
                ? "the state was rescued and is up to date as far as terraform came"
                : "the state could not be stored (" + stateEnd.trouble() + "); it is kept in " + directory.state();
    }

    private Optional<ProcessHandle> terraform() throws IOException {
        return directory.read(directory.terraform(), JobDirectory.Pid.class).flatMap(JobDirectory.Pid::alive);
    }

    private static void kill(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
