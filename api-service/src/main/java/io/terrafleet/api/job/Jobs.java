package io.terrafleet.api.job;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.log.Logs;
import io.terrafleet.api.peak.Peaks;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunConfig;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.run.Transition;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.Enclosed;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.HeartbeatAnswer.Order;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.LastWord.LogTail;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leases of runners on jobs. A job is claimed once; its runner then writes with a token that is good for this job only and a
 * fencing number. When the lease is over, whoever comes late is turned away with 410.
 */
@ApplicationScoped
public class Jobs {
    private static final Logger LOG = Logger.getLogger(Jobs.class);

    private final LeaseStore store;
    private final Runs runs;
    private final Claims claims;
    private final Logs logs;
    private final Artifacts artifacts;
    private final PhaseStates states;
    private final Peaks peaks;
    private final InternalKey key;
    private final RunConfig runConfig;
    private final InstantSource clock;
    private final RandomGenerator random;

    Jobs(
            LeaseStore store,
            Runs runs,
            Claims claims,
            Logs logs,
            Artifacts artifacts,
            PhaseStates states,
            Peaks peaks,
            @Identifier("api") InternalKey key,
            RunConfig runConfig,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.runs = runs;
        this.claims = claims;
        this.logs = logs;
        this.artifacts = artifacts;
        this.states = states;
        this.peaks = peaks;
        this.key = key;
        this.runConfig = runConfig;
        this.clock = clock;
        this.random = random;
    }

    /** What a runner shows with every request: the token of its lease on a job, and the fencing number. */
    public record Pass(JobId job, String token, long fence) {
        @Override
        public String toString() {
            return "Pass[" + job + ", fence " + fence + "]";
        }
    }

    @Transactional
    public Claim claim(JobId job, String claimToken, ClaimRequest request) {
        if (!key.isClaimToken(job, claimToken)) {
            throw Problem.unauthorized();
        }
        Optional<LeaseEntity> held = store.findForUpdate(job);
        if (held.isPresent()) {
            return claimedAgain(job, held.get(), request);
        }
        if (!(runs.claimed(job, request.terraformVersion()) instanceof Transition.Moved)) {
            throw Problem.gone("Nobody waits for " + job + " any more.");
        }
        String token = newToken();
        LeaseEntity lease = new LeaseEntity();
        lease.jobId = job.toString();
        lease.runId = job.run().value();
        lease.claimant = request.claimant();
        lease.tokenHash = hash(token);
        lease.fence = store.nextFence();
        lease.logBase = logs.begin(Logs.of(job.run(), job.phase()));
        lease.place = request.place();
        lease.terraformVersion = request.terraformVersion();
        lease.claimedAt = clock.instant();
        lease.renewedAt = clock.instant();
        store.add(lease);
        LOG.infof("job claimed jobId=%s place=%s terraform=%s", job, request.place(), request.terraformVersion());
        return claims.answer(run(job), job, token, lease.fence);
    }

    /** The answer to the first claim was lost on its way: the same claimant gets it again, with a new token. */
    private Claim claimedAgain(JobId job, LeaseEntity lease, ClaimRequest request) {
        if (lease.endedAt != null) {
            throw Problem.gone(job + " is over.");
        }
        if (!lease.claimant.equals(request.claimant())) {
            throw Problem.conflict(job + " was claimed by another runner.");
        }
        String token = newToken();
        lease.tokenHash = hash(token);
        lease.renewedAt = clock.instant();
        return claims.answer(run(job), job, token, lease.fence);
    }

    /** 401 for a token that is not this job's, 410 when its lease is over or an older fencing number is shown. */
    private static LeaseEntity checked(Optional<LeaseEntity> found, Pass pass) {
        LeaseEntity lease = found.orElseThrow(Problem::unauthorized);
        if (!MessageDigest.isEqual(lease.tokenHash, hash(pass.token()))) {
            throw Problem.unauthorized();
        }
        if (lease.endedAt != null || lease.fence != pass.fence()) {
            throw Problem.gone("The lease on " + pass.job() + " is over.");
        }
        return lease;
    }

    private LeaseEntity checked(Pass pass) {
        return checked(store.find(pass.job()), pass);
    }

    /** Before a body is read that takes its time; every method here asks again. */
    @Transactional
    public void check(Pass pass) {
        checked(pass);
    }

    /** The run that the runner works on. */
    @Transactional
    public Run run(Pass pass) {
        return run(checked(pass).job());
    }

    @Transactional
    public HeartbeatAnswer heartbeat(Pass pass) {
        checked(pass);
        JobId job = pass.job();
        store.renew(job, clock.instant());
        return switch (run(job).state()) {
            case RunState.Planning state when state.job().equals(job) -> new HeartbeatAnswer(Order.GO_ON);
            case RunState.Applying state when state.job().equals(job) -> new HeartbeatAnswer(Order.GO_ON);
            case RunState.Stopping state
            when state.job().equals(job) -> new HeartbeatAnswer(state.forced() ? Order.KILL : Order.INTERRUPT);
            case RunState other -> throw Problem.gone("The run has moved on: " + RunView.status(other) + ".");
        };
    }

    /** @return where the next piece belongs, as the runner counts: from the beginning of its own attempt */
    @Transactional
    public long appendLog(Pass pass, long offset, byte[] bytes) {
        return append(checked(pass), offset, bytes);
    }

    private long append(LeaseEntity lease, long offset, byte[] bytes) {
        JobId job = lease.job();
        String log = Logs.of(job.run(), job.phase());
        return logs.append(log, lease.logBase + offset, bytes, runConfig.logLimit()) - lease.logBase;
    }

    @Transactional
    public void keepArtifact(Pass pass, RunArtifact kind, ArtifactRef artifact) {
        keep(checked(pass).job(), Map.of(kind, artifact));
    }

    private void keep(JobId job, Map<RunArtifact, ArtifactRef> kept) {
        store.putArtifacts(job, kept).forEach(artifacts::delete);
    }

    /** A file that the run's plan left, for the apply. */
    @Transactional
    public Optional<ArtifactRef> planArtifact(Pass pass, RunArtifact kind) {
        Optional<PlanOutcome> plan = RunView.plan(run(pass).state());
        return switch (kind) {
            case PLAN -> plan.map(PlanOutcome::plan);
            case WORKDIR -> plan.flatMap(PlanOutcome::workdir);
            case PLAN_JSON -> plan.map(PlanOutcome::json);
            case PLAN_JSON_REDACTED -> plan.map(PlanOutcome::redacted);
        };
    }

    /** The runner's last word. Saying it again is harmless: the lease is over then, and the runner stops at the 410. */
    @Transactional
    public void report(Pass pass, LastWord word) {
        JobId job = pass.job();
        LeaseEntity lease = checked(store.findForUpdate(job), pass);
        PhaseResult result = said(word);
        word.log().ifPresent(tail -> keep(lease, tail));
        word.state().ifPresent(state -> keepState(job, state));
        RunInput.Fact fact = fact(job, result);
        lease.endedAt = clock.instant();
        word.peakMemory().ifPresent(bytes -> peaks.note(run(job).workspace(), job, bytes));
        LOG.infof("job reported jobId=%s result=%s", job, result.getClass().getSimpleName());
        runs.accept(job.run(), fact);
    }

    private static PhaseResult said(@Nullable LastWord word) {
        if (word == null || word.result() == null) {
            throw Problem.malformed("The body must have a member \"result\".");
        }
        return word.result();
    }

    private void keep(LeaseEntity lease, LogTail tail) {
        if (tail.content() == null || tail.content().length > LogTail.MOST_BYTES || tail.offset() < 0) {
            throw Problem.unprocessable("The log in a result must have an offset from 0 and at most "
                    + LogTail.MOST_BYTES + " bytes of content.");
        }
        if (append(lease, tail.offset(), tail.content()) < tail.offset()) {
            LOG.warnf(
                    "the end of the log is missing, a result is worth more jobId=%s offset=%d",
                    lease.jobId, tail.offset());
        }
    }

    private void keepState(JobId job, byte[] state) {
        if (state.length > LastWord.MOST_STATE_BYTES) {
            throw Problem.tooLarge(
                    "The state in a result may have at most " + LastWord.MOST_STATE_BYTES + " bytes; send it before.");
        }
        states.record(job, run(job), state);
    }

    private Map<RunArtifact, ArtifactRef> kept(JobId job, Enclosed enclosed) {
        if (enclosed.files().size() > RunArtifact.values().length) {
            throw Problem.unprocessable("A result encloses at most one file of each kind.");
        }
        Map<RunArtifact, byte[]> files = new EnumMap<>(RunArtifact.class);
        enclosed.files().forEach((word, content) -> {
            if (content.length > Enclosed.MOST_BYTES) {
                throw Problem.tooLarge(
                        "A file that a result encloses may have at most " + Enclosed.MOST_BYTES + " bytes.");
            }
            files.put(kind(word), content);
        });
        Map<RunArtifact, ArtifactRef> kept = artifacts.storeAll(files);
        keep(job, kept);
        return kept;
    }

    private static RunArtifact kind(String word) {
        try {
            return RunArtifact.of(word);
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable(String.valueOf(e.getMessage()));
        }
    }

    private RunInput.Fact fact(JobId job, PhaseResult result) {
        return switch (result) {
            case PhaseResult.Planned planned -> new RunInput.PlanFinished(job, outcome(job, planned));
            case PhaseResult.Applied applied -> new RunInput.ApplyFinished(job, applied.counts());
            case PhaseResult.Failed failed -> new RunInput.PhaseFailed(job, failed.message());
            case PhaseResult.Interrupted interrupted -> new RunInput.PhaseInterrupted(job, interrupted.killed());
        };
    }

    private PlanOutcome outcome(JobId job, PhaseResult.Planned planned) {
        Map<RunArtifact, ArtifactRef> kept =
                planned.enclosed().map(enclosed -> kept(job, enclosed)).orElse(Map.of());
        return new PlanOutcome(
                needed(job, kept, RunArtifact.PLAN, Optional.of(planned.planSha256())),
                needed(job, kept, RunArtifact.PLAN_JSON, Optional.of(planned.planJsonSha256())),
                needed(job, kept, RunArtifact.PLAN_JSON_REDACTED, Optional.empty()),
                found(job, kept, RunArtifact.WORKDIR),
                planned.hasChanges(),
                planned.counts());
    }

    /** What came with the result, or before it. */
    private Optional<ArtifactRef> found(JobId job, Map<RunArtifact, ArtifactRef> kept, RunArtifact kind) {
        return Optional.ofNullable(kept.get(kind))
                .or(() -> store.artifact(job, kind).flatMap(artifacts::find));
    }

    private ArtifactRef needed(
            JobId job, Map<RunArtifact, ArtifactRef> kept, RunArtifact kind, Optional<String> sha256) {
        ArtifactRef artifact = found(job, kept, kind)
                .orElseThrow(
                        () -> Problem.unprocessable("The " + kind.word() + " must be uploaded before the result."));
        if (sha256.isPresent() && !sha256.get().equals(artifact.sha256())) {
            throw Problem.unprocessable(
                    "The " + kind.word() + " that was uploaded has another SHA-256 than the result says.");
        }
        return artifact;
    }

    /** Somebody else knows that the runner is no more. */
    @Transactional
    public void lost(JobId job, String message, boolean permanent) {
        store.findForUpdate(job)
                .filter(lease -> lease.endedAt == null)
                .ifPresent(lease -> lease.endedAt = clock.instant());
        runs.accept(job.run(), new RunInput.JobLost(job, message, permanent));
    }

    /** A runner that was silent for that long is given up, unless it was heard of just now. @return whether it was given up */
    @Transactional
    boolean silent(JobId job, Instant since, String message) {
        boolean stillSilent = store.findForUpdate(job)
                .filter(lease -> lease.endedAt == null && lease.renewedAt.isBefore(since))
                .isPresent();
        if (stillSilent) {
            lost(job, message, false);
        }
        return stillSilent;
    }

    /** Jobs of that phase whose runners have been silent since. */
    @Transactional
    List<JobId> silentSince(Phase phase, Instant instant) {
        return store.silentSince(phase, instant).stream()
                .map(lease -> JobId.of(lease.jobId))
                .toList();
    }

    private Run run(JobId job) {
        return runs.find(job.run()).orElseThrow(Problem::notFound);
    }

    private String newToken() {
        return Ids.make("lease", random) + Ids.make("", random) + Ids.make("", random);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
