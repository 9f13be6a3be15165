package io.terrafleet.runner;

import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.LastWord.LogTail;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.runner.Outcome.End;
import io.terrafleet.runner.archive.TreeSnapshot;
import io.terrafleet.runner.identity.CloudCredentials;
import io.terrafleet.runner.identity.HostCredentials;
import io.terrafleet.runner.log.LogShipper;
import io.terrafleet.runner.log.Mask;
import io.terrafleet.runner.log.RunLog;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Refused;
import io.terrafleet.runner.terraform.Arguments;
import io.terrafleet.runner.terraform.ChildEnvironment;
import io.terrafleet.runner.terraform.Leash;
import io.terrafleet.runner.terraform.Leash.Cause;
import io.terrafleet.runner.terraform.PluginDirectory;
import io.terrafleet.runner.terraform.Remarks;
import io.terrafleet.runner.terraform.Terraform;
import io.terrafleet.runner.terraform.WorkingDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A phase whose lease this runner holds: prepared, executed, logged and reported. */
final class ClaimedPhase {
    private static final Duration LOG_PATIENCE = Duration.ofMinutes(11);
    private static final int MOST_INIT_OUTPUT = 1 << 20;

    /** What a shell calls a death by SIGKILL; nobody but the kernel or our own leash sends that. */
    private static final int KILLED = 137;

    private final Assignment assignment;
    private final Claim claim;
    private final Lease lease;
    private final JobDirectory directory;
    private final Equipment equipment;
    private final Leash leash;
    private final Together together;
    private final Mask mask;
    private StateEnd stateEnd = StateEnd.SHIPPED;
    private Optional<byte[]> lastState = Optional.empty();

    ClaimedPhase(
            Assignment assignment, Claim claim, Lease lease, JobDirectory directory, Equipment equipment, Leash leash) {
        this.assignment = assignment;
        this.claim = claim;
        this.lease = lease;
        this.directory = directory;
        this.equipment = equipment;
        this.leash = leash;
        this.together = new Together(equipment.threads());
        this.mask = maskOf(claim);
    }

    static Mask maskOf(Claim claim) {
        return Mask.of(Stream.concat(
                        claim.variables().stream()
                                .filter(Claim.Variable::sensitive)
                                .map(Claim.Variable::value),
                        Stream.concat(claim.identity().stream().map(IdentityToken::token), claim.sshKey().stream()))
                .toList());
    }

    Outcome run() throws InterruptedException {
        ScheduledFuture<?> limit = equipment
                .timer()
                .schedule(
                        () -> leash.interrupt(Cause.TIMED_OUT), claim.timeout().toMillis(), TimeUnit.MILLISECONDS);
        ScheduledFuture<?> looking = equipment
                .timer()
                .scheduleWithFixedDelay(equipment.memory()::look, 0, MemoryPeak.EVERY_MILLIS, TimeUnit.MILLISECONDS);
        try (Heart heart = Heart.beating(equipment.platform(), lease, claim.heartbeatEvery(), leash)) {
            PhaseResult said = report(logged());
            return outcome(End.REPORTED, said.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        } catch (Fenced e) {
            return outcome(End.FENCED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return outcome(End.UNREPORTED, String.valueOf(e.getMessage()));
        } finally {
            limit.cancel(false);
            looking.cancel(false);
        }
    }

    private Outcome outcome(End end, String message) {
        return new Outcome(assignment.job(), end, message, stateEnd.keptIn(directory));
    }

    /** A state that goes with the word has arrived only when the word has. */
    private PhaseResult report(LastWord word) throws IOException, Fenced {
        StateEnd end = stateEnd;
        if (word.state().isPresent()) {
            stateEnd = StateEnd.kept("the result was not reported");
        }
        try {
            equipment.platform().report(lease, word);
            stateEnd = end;
            return word.result();
        } catch (Refused e) {
            if (word.state().isEmpty() || e.status() >= 500) {
                throw e;
            }
            stateEnd = StateEnd.kept(String.valueOf(e.getMessage()));
            PhaseResult instead = stateless(word.result());
            equipment.platform().report(lease, new LastWord(instead, word.log(), Optional.empty(), word.peakMemory()));
            return instead;
        }
    }

    private PhaseResult stateless(PhaseResult result) {
        return switch (result) {
            case PhaseResult.Applied applied ->
                new PhaseResult.Failed(notStored(stateEnd, directory), Optional.of(0), false);
            case PhaseResult.Planned planned -> planned;
            case PhaseResult.Failed failed -> new PhaseResult.Failed(failed.message(), failed.exitCode(), false);
            case PhaseResult.Interrupted interrupted -> new PhaseResult.Interrupted(interrupted.killed(), false);
        };
    }

    private LastWord logged() throws IOException, Fenced, InterruptedException {
        JobDirectory.writePrivately(directory.log(), new byte[0]);
        LogShipper shipper =
                new LogShipper(directory.log(), 0, equipment.platform(), lease, () -> leash.kill(Cause.FENCED));
        shipper.start();
        Optional<LogTail> tail = Optional.empty();
        PhaseResult result;
        try (RunLog log = new RunLog(directory.log(), mask, claim.logLimitBytes(), shipper::grew)) {
            result = concluded(log);
        } finally {
            LogShipper.Ending ending = shipper.finish(LOG_PATIENCE);
            ending.trouble().ifPresent(trouble -> System.err.println(lease.job() + ": " + trouble));
            tail = ending.tail();
        }
        return new LastWord(result, tail, lastState, equipment.memory().bytes());
    }

    private PhaseResult concluded(RunLog log) throws IOException, Fenced, InterruptedException {
        try {
            return work(log);
        } catch (Leash.Stopped e) {
            return stopped(Optional.empty());
        } catch (PhaseFailed e) {
            return leash.cause().isPresent()
                    ? stopped(Optional.of(e.exitCode()))
                    : new PhaseResult.Failed(
                            String.valueOf(e.getMessage()), Optional.of(e.exitCode()), stateEnd.shipped());
        } catch (IOException | IllegalArgumentException e) {
            String message = mask.hide(String.valueOf(e.getMessage()));
            log.line("\nError: " + message);
            return new PhaseResult.Failed(message, Optional.empty(), stateEnd.shipped());
        }
    }

    private PhaseResult stopped(Optional<Integer> exitCode) throws Fenced {
        return switch (leash.cause().orElse(Cause.CANCELLED)) {
            case CANCELLED, SHUTDOWN -> new PhaseResult.Interrupted(leash.killed(), stateEnd.shipped());
            case TIMED_OUT ->
                new PhaseResult.Failed(
                        phase() + " took longer than " + spoken(claim.timeout()) + " and was stopped",
                        exitCode,
                        stateEnd.shipped());
            case FENCED -> throw new Fenced("the platform gave this runner up");
        };
    }

    private PhaseResult work(RunLog log) throws IOException, Fenced, InterruptedException, Leash.Stopped, PhaseFailed {
        for (String line : heading(assignment)) {
            log.line(line);
        }
        Path working = new Preparation(equipment.platform(), lease, claim, directory, together).layOut();
        Path override = WorkingDirectory.override(working);
        Map<String, String> environment =
                ChildEnvironment.of(equipment.environment(), assignment.passEnvironment(), claim, cliConfiguration());
        environment.putAll(new CloudCredentials(claim, directory.identity()).layOut());
        HostCredentials.layOut(claim, assignment.api(), directory.identity(), environment);
        mask.alsoHide(CloudCredentials.obtained(directory.identity()));
        environment.putAll(SshAccess.grant(claim, directory));
        Terraform terraform = new Terraform(
                assignment.terraform(),
                working,
                environment,
                directory.output(),
                leash,
                (command, process) -> directory.note(directory.terraform(), JobDirectory.Pid.of(process)));
        Path configuration = directory.configuration().toRealPath();
        Initialization initialization = new Initialization(
                assignment.handover().map(Path::of).map(Handover::new),
                claim.job(),
                assignment.version(),
                configuration,
                working,
                () -> InitKey.of(claim, assignment.version(), configuration, environment));
        return switch (claim.job().phase()) {
            case PLAN -> {
                TreeSnapshot before = TreeSnapshot.of(configuration, override::equals);
                if (!initialization.isThere()) {
                    init(terraform, log);
                    initialization.made();
                }
                PhaseResult.Planned planned = new PlanPhase(
                                equipment.platform(), lease, claim, directory, together, mask, leash)
                        .run(terraform, log, before);
                if (planned.hasChanges()) {
                    initialization.leaveForApply();
                } else {
                    initialization.leaveForNext();
                }
                yield planned;
            }
            case APPLY -> {
                if (!initialization.isThere()) {
                    init(terraform, log);
                }
                PhaseResult result = apply(terraform, working, log);
                initialization.leaveForNext();
                yield result;
            }
        };
    }

    /** What the worker says; where only this machine can see which providers are there, made here. */
    private Optional<String> cliConfiguration() throws IOException {
        if (assignment.cliConfigFile().isPresent() || assignment.plugins().isEmpty()) {
            return assignment.cliConfigFile();
        }
        Assignment.Plugins plugins = assignment.plugins().get();
        String text = PluginDirectory.cliConfiguration(Path.of(plugins.directory()), plugins.networkMirror());
        JobDirectory.writePrivately(directory.cliConfiguration(), text.getBytes(StandardCharsets.UTF_8));
        return Optional.of(directory.cliConfiguration().toString());
    }

    /** The three lines of plain text that clients expect in front. */
    static List<String> heading(Assignment assignment) {
        String engine = assignment.engine().equals("tofu") ? "OpenTofu" : "Terraform";
        return List.of(
                engine + " v" + assignment.version(),
                "on " + Machine.platform(),
                "Initializing plugins and modules...");
    }

    /** What init prints is shown only when it fails. */
    private void init(Terraform terraform, RunLog log)
            throws IOException, InterruptedException, Leash.Stopped, PhaseFailed {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Remarks remarks = new Remarks();
        int exitCode = terraform.run("init", Arguments.init(), chunk -> {
            remarks.read(chunk);
            if (printed.size() < MOST_INIT_OUTPUT) {
                printed.write(chunk);
            }
        });
        if (exitCode != 0) {
            log.write(printed.toByteArray());
            log.flush();
            throw failed(assignment.engine() + " init failed", exitCode, remarks, mask);
        }
    }

    private PhaseResult apply(Terraform terraform, Path working, RunLog log)
            throws IOException, Fenced, InterruptedException, Leash.Stopped, PhaseFailed {
        ApplyPhase apply = new ApplyPhase(equipment.platform(), lease, claim.options(), directory, leash);
        try {
            ApplyPhase.Ended ended = apply.run(terraform, working, log);
            stateEnd = apply.stateEnd();
            if (ended.exitCode() != 0) {
                throw failed(assignment.engine() + " apply failed", ended.exitCode(), ended.remarks(), mask);
            }
            return applied(ended.remarks(), stateEnd, directory, log);
        } finally {
            stateEnd = apply.stateEnd();
            lastState = apply.rest();
        }
    }

    static PhaseResult applied(Remarks remarks, StateEnd stateEnd, JobDirectory directory, RunLog log)
            throws IOException {
        if (stateEnd.shipped()) {
            return new PhaseResult.Applied(remarks.applied().orElse(PhaseResult.Counts.NONE));
        }
        String message = notStored(stateEnd, directory);
        log.line("\nError: " + message);
        return new PhaseResult.Failed(message, Optional.of(0), false);
    }

    private static String notStored(StateEnd stateEnd, JobDirectory directory) {
        return "everything was applied, but the new state could not be stored: " + stateEnd.trouble()
                + "; it is kept in " + directory.state();
    }

    static PhaseFailed failed(String what, int exitCode, Remarks remarks, Mask mask) {
        String why = remarks.firstError().map(error -> ": " + mask.hide(error)).orElse("");
        String killer = exitCode == KILLED ? MemoryLimit.ofThisContainer().said() : "";
        return new PhaseFailed(what + " (exit code " + exitCode + ")" + why + killer, exitCode);
    }

    private String phase() {
        return claim.job().phase() == Phase.PLAN ? "plan" : "apply";
    }

    static String spoken(Duration duration) {
        long seconds = duration.toSeconds();
        List<String> parts = new java.util.ArrayList<>();
        if (seconds >= 3600) {
            parts.add(seconds / 3600 + " h");
        }
        if (seconds % 3600 >= 60) {
            parts.add(seconds % 3600 / 60 + " min");
        }
        if (seconds % 60 > 0 || parts.isEmpty()) {
            parts.add(seconds % 60 + " s");
        }
        return String.join(" ", parts);
    }
}
