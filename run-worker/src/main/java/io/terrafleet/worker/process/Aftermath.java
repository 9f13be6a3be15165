package io.terrafleet.worker.process;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.runner.Outcome;
import io.terrafleet.worker.job.JobReporter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What follows when a runner is done with a job, or dead: rescue, report of a loss, and the end of the job's directory. */
final class Aftermath {
    private static final Logger LOG = Logger.getLogger(Aftermath.class);
    private static final int MOST_DEATHS = 2;

    private final Works works;
    private final RunnerCommand command;
    private final JobReporter reporter;
    private final InstantSource clock;
    private final Consumer<Work> again;
    private volatile boolean closing;

    /** @param again queues a job whose runner died before it began */
    Aftermath(Works works, RunnerCommand command, JobReporter reporter, InstantSource clock, Consumer<Work> again) {
        this.works = works;
        this.command = command;
        this.reporter = reporter;
        this.clock = clock;
        this.again = again;
    }

    /** From now on the dead are left to the next worker. */
    void close() {
        closing = true;
    }

    /** @param outcome the runner's last word; empty when it died without one */
    void ended(Work work, Optional<Outcome> outcome) {
        try {
            Optional<Outcome> said =
                    outcome.isPresent() ? outcome : work.folder().outcome();
            if (said.isPresent()) {
                conclude(work, said.get());
            } else if (!closing) {
                rescue(work);
            }
        } catch (IOException e) {
            LOG.errorf(e, "job %s: its directory cannot be used", work.spec().job());
            lose(work, "runner-lost", "the job's directory cannot be used: " + e.getMessage(), false);
        }
    }

    /** Takes over what a dead runner left. */
    void rescue(Work work) throws IOException {
        LOG.warnf(
                "job %s: its runner died, what it left is rescued", work.spec().job());
        Optional<Outcome> outcome = command.rescue(work.folder(), work.killed());
        if (outcome.isPresent()) {
            conclude(work, outcome.get());
        } else if (!closing) {
            lose(
                    work,
                    "runner-lost",
                    "the runner died and could not be replaced; its log is in the worker's data"
                            + " directory under hosts",
                    false);
        }
    }

    private void conclude(Work work, Outcome outcome) throws IOException {
        LOG.infof("job %s: %s (%s)", outcome.job(), outcome.end().word(), outcome.message());
        outcome.keptState()
                .ifPresent(where -> LOG.errorf(
                        "job %s: state that the platform did not accept is kept in %s", outcome.job(), where));
        switch (outcome.end()) {
            case REPORTED, NOT_OURS, UNWANTED -> forget(work, outcome);
            case FENCED -> {
                if (work.killed() || outcome.keptState().isPresent()) {
                    lose(work, "killed", outcome.message() + kept(outcome), true);
                } else {
                    forget(work, outcome);
                }
            }
            case UNREPORTED ->
                lose(
                        work,
                        "unreported",
                        "the runner could not report: " + outcome.message() + kept(outcome),
                        isApply(work));
            case LOST -> lose(work, work.killed() ? "killed" : "runner-lost", outcome.message(), false);
            case NOT_BEGUN -> beginAgain(work, outcome);
            case NO_BINARY -> lose(work, "binary-missing", outcome.message(), true);
        }
    }

    private void beginAgain(Work work, Outcome outcome) throws IOException {
        if (work.killed() || closing || work.died() > MOST_DEATHS) {
            lose(work, work.killed() ? "killed" : "runner-lost", outcome.message(), false);
        } else {
            work.folder().directory().clear(false);
            again.accept(work);
        }
    }

    /** Says that the job was lost; remembered on disk until the broker has it. */
    void lose(Work work, String reason, String message, boolean permanent) {
        JobId job = work.spec().job();
        try {
            work.folder().lose(new JobLost(job, "", reason, message, permanent, clock.instant()));
        } catch (IOException e) {
            LOG.warnf(e, "job %s: its loss cannot be noted", job);
        }
        sayLost(work, reason, message, permanent);
    }

    void sayLost(Work work, String reason, String message, boolean permanent) {
        reporter.lost(work.spec().job(), reason, message, permanent, () -> Thread.ofVirtual()
                .start(() -> forgetLost(work)));
    }

    private void forgetLost(Work work) {
        try {
            Optional<Outcome> outcome = work.folder().outcome();
            forget(work, outcome.orElse(new Outcome(work.spec().job(), Outcome.End.LOST, "", Optional.empty())));
        } catch (IOException e) {
            LOG.warnf(e, "job %s: its directory cannot be removed", work.spec().job());
        }
    }

    private void forget(Work work, Outcome outcome) throws IOException {
        if (outcome.keptState().isEmpty()) {
            work.folder().remove();
        }
        works.remove(work);
    }

    private static boolean isApply(Work work) {
        return work.spec().job().phase() == Phase.APPLY;
    }

    private static String kept(Outcome outcome) {
        return outcome.keptState()
                .map(where -> "; its state is kept in " + where)
                .orElse("");
    }
}
