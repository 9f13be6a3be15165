package io.terrafleet.messaging;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.RunFact;
import io.terrafleet.contracts.event.RunRequest;
import io.terrafleet.contracts.event.WorkerEvent;
import io.terrafleet.telemetry.LogKeys;
import io.terrafleet.telemetry.Stretch;
import io.terrafleet.telemetry.Traces;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The handling of one record: meanwhile log lines say of which run it is, and afterwards the run's trace has it. */
final class Handling implements AutoCloseable {
    private final Traces traces;
    private final ConsumerRecord<String, byte[]> record;
    private final Envelope<?> envelope;
    private final Instant begin;
    private final @Nullable LogKeys keys;
    private Optional<String> failure = Optional.empty();

    private Handling(Traces traces, ConsumerRecord<String, byte[]> record, Envelope<?> envelope) {
        this.traces = traces;
        this.record = record;
        this.envelope = envelope;
        this.begin = traces.clock().instant();
        this.keys = envelope.fact() instanceof RunFact fact ? LogKeys.of(fact) : null;
    }

    static Handling begin(Traces traces, ConsumerRecord<String, byte[]> record, Envelope<?> envelope) {
        return new Handling(traces, record, envelope);
    }

    /** It is given up. What the failure says stays in the log. */
    void failed(Throwable why) {
        failure = Optional.of(why.getClass().getSimpleName());
    }

    @Override
    public void close() {
        if (traces.isOn() && envelope.fact() instanceof RunFact fact) {
            traces.tell(new Stretch(
                    fact.run(),
                    RunTrace.span(fact.run(), traces.service() + " " + envelope.id()),
                    Optional.of(within(fact)),
                    "take " + fact.getClass().getSimpleName(),
                    true,
                    begin,
                    traces.clock().instant(),
                    failure,
                    Map.of(
                            "messaging.system", "kafka",
                            "messaging.destination.name", record.topic(),
                            "messaging.message.id", envelope.id())));
        }
        if (keys != null) {
            keys.close();
        }
    }

    private static String within(RunFact fact) {
        return switch (fact) {
            case RunRequest.PhaseRequested asked -> RunTrace.queued(asked.job());
            case RunRequest.PhaseKillRequested kill -> RunTrace.phase(kill.job());
            case WorkerEvent worker -> ofWorker(worker, worker.job());
            case RunEvent.PlanCompleted plan ->
                RunTrace.judging(plan.run(), plan.plan().sha256());
            case RunEvent.PlanPriced priced -> RunTrace.judging(priced.run(), priced.planSha256());
            case RunEvent.PlanTried tried -> RunTrace.root(tried.run());
            case RunEvent.RunFinished finished -> RunTrace.root(finished.run());
            case PolicyDecision.PolicyDecided decided -> RunTrace.judging(decided.run(), decided.planSha256());
            case PolicyDecision.TrialJudged judged -> RunTrace.root(judged.run());
            case CostDecision.CostDecided decided -> RunTrace.judging(decided.run(), decided.planSha256());
        };
    }

    private static String ofWorker(WorkerEvent event, JobId job) {
        return switch (event) {
            case WorkerEvent.JobWaiting waiting -> RunTrace.queued(job);
            case WorkerEvent.JobLaunched launched -> RunTrace.queued(job);
            case WorkerEvent.JobLost lost -> RunTrace.phase(job);
        };
    }
}
