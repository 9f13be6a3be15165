package io.terrafleet.api.run;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.telemetry.Stretch;
import io.terrafleet.telemetry.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run's states as spans of its trace, each told when it is left, and the run as a whole when it is over. */
@ApplicationScoped
class RunSpans {
    private final Traces traces;

    RunSpans(@Identifier("api") Traces traces) {
        this.traces = traces;
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged change) {
        if (!traces.isOn()) {
            return;
        }
        boolean stillJudged = change.from() instanceof RunState.Assessing && change.to() instanceof RunState.Assessing;
        if (!stillJudged) {
            tell(change);
        }
    }

    private void tell(RunChanged change) {
        Run run = change.now();
        RunState from = change.from();
        Optional<String> failure =
                change.to() instanceof RunState.Errored ? Optional.of(run.status()) : Optional.empty();
        Map<String, String> attributes = attributes(run);
        attributes.put("terrafleet.next", run.status());
        traces.tell(new Stretch(
                run.id(),
                id(run, from),
                Optional.of(RunTrace.root(run.id())),
                name(from),
                false,
                from.since(),
                change.to().since(),
                failure,
                attributes));
        if (change.to().isFinished()) {
            attributes.remove("terrafleet.next");
            attributes.put("terrafleet.status", run.status());
            traces.tell(new Stretch(
                    run.id(),
                    RunTrace.root(run.id()),
                    Optional.empty(),
                    "run",
                    false,
                    run.createdAt(),
                    change.to().since(),
                    failure,
                    attributes));
        }
    }

    private static Map<String, String> attributes(Run run) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("terrafleet.workspace", run.workspace().value());
        attributes.put("terrafleet.engine", run.engine());
        attributes.put("terrafleet.version", run.exactVersion().orElse(run.terraformVersion()));
        attributes.put("terrafleet.pool", run.agentPoolId().orElse("workers"));
        return attributes;
    }

    /** Those that others hang their spans on are computed from what the others know. */
    private static String id(Run run, RunState state) {
        return switch (state) {
            case RunState.PlanQueued queued -> RunTrace.queued(queued.job());
            case RunState.ApplyQueued queued -> RunTrace.queued(queued.job());
            case RunState.Planning planning -> RunTrace.phase(planning.job());
            case RunState.Applying applying -> RunTrace.phase(applying.job());
            case RunState.Assessing judged ->
                RunTrace.judging(run.id(), judged.plan().json().sha256());
            case RunState other -> RunTrace.span(run.id(), name(other) + " " + other.since());
        };
    }

    private static String name(RunState state) {
        return switch (state) {
            case RunState.Assessing judged -> "judging";
            case RunState.Stopping stopping -> "stopping " + (stopping.job().phase() == Phase.PLAN ? "plan" : "apply");
            case RunState other -> RunView.status(other);
        };
    }
}
