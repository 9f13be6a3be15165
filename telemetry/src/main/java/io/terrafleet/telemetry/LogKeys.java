package io.terrafleet.telemetry;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.RunFact;
import io.terrafleet.contracts.event.RunRequest;
import io.terrafleet.contracts.event.WorkerEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.MDC;

/** What log lines are about, until it is closed: {@code run}, {@code traceId}, and {@code workspace} and {@code phase} where they are known. */
public final class LogKeys implements AutoCloseable {
    private static final String RUN = "run";
    private static final String TRACE = "traceId";
    private static final String WORKSPACE = "workspace";
    private static final String PHASE = "phase";

    private final Map<String, Optional<Object>> before = HashMap.newHashMap(4);

    private LogKeys() {}

    public static LogKeys of(RunId run, Optional<WorkspaceId> workspace, Optional<Phase> phase) {
        LogKeys keys = new LogKeys();
        keys.put(RUN, run.value());
        keys.put(TRACE, RunTrace.trace(run));
        workspace.ifPresent(known -> keys.put(WORKSPACE, known.value()));
        phase.ifPresent(known -> keys.put(PHASE, known.word()));
        return keys;
    }

    public static LogKeys of(JobId job) {
        return of(job.run(), Optional.empty(), Optional.of(job.phase()));
    }

    public static LogKeys of(RunFact fact) {
        return switch (fact) {
            case RunRequest.PhaseRequested asked ->
                of(
                        asked.run(),
                        Optional.of(asked.workspace()),
                        Optional.of(asked.job().phase()));
            case RunRequest.PhaseKillRequested kill -> of(kill.job());
            case WorkerEvent worker -> of(worker.job());
            case RunEvent.PlanCompleted plan ->
                of(
                        plan.run(),
                        Optional.of(new WorkspaceId(plan.document().workspace().id())),
                        Optional.empty());
            case RunEvent.RunFinished finished ->
                of(finished.run(), Optional.of(finished.workspace()), Optional.empty());
            case RunEvent.PlanPriced priced -> of(priced.run(), Optional.empty(), Optional.empty());
            case RunEvent.PlanTried tried -> of(tried.run(), Optional.empty(), Optional.empty());
            case PolicyDecision decision -> of(decision.run(), Optional.empty(), Optional.empty());
            case CostDecision decision -> of(decision.run(), Optional.empty(), Optional.empty());
        };
    }

    private void put(String key, String value) {
        before.put(key, Optional.ofNullable(MDC.get(key)));
        MDC.put(key, value);
    }

    /** What was said before is said again. */
    @Override
    public void close() {
        before.forEach((key, value) -> value.ifPresentOrElse(old -> MDC.put(key, old), () -> MDC.remove(key)));
    }
}
