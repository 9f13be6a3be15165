package io.terrafleet.api.run;

import io.terrafleet.api.run.RunState.Assessment;
import io.terrafleet.contracts.event.Verdict;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Between a run and its row: the JSON of its state, its options and its times. */
@State(Scope.Benchmark)
public class RunRowBenchmark {
    private final RunState state = new RunState.AwaitingConfirmation(
            LifecycleBenchmark.plan(),
            new Assessment(Verdict.APPROVE, List.of(), Optional.empty()),
            LifecycleBenchmark.NOW);
    private final RunEntity row = row(state);

    private static RunEntity row(RunState state) {
        RunEntity row = new RunEntity();
        row.id = LifecycleBenchmark.RUN.toString();
        row.number = 4711;
        row.workspaceId = "ws-6jrRyVDv1J8zQMB5";
        row.organizationId = "org-6jrRyVDv1J8zQMB5";
        row.configurationVersionId = "cv-6jrRyVDv1J8zQMB5";
        row.options = RunMapper.write(LifecycleBenchmark.AUTO_APPLY);
        row.timestamps = "{\"plan-queued-at\":\"2026-01-02T03:04:01Z\",\"planning-at\":\"2026-01-02T03:04:02Z\","
                + "\"planned-at\":\"2026-01-02T03:04:03Z\",\"cost-estimated-at\":\"2026-01-02T03:04:04Z\"}";
        row.message = "Widen the private subnets";
        row.source = "tfe-api";
        row.createdById = "user-6jrRyVDv1J8zQMB5";
        row.createdByName = "ada";
        row.createdAt = LifecycleBenchmark.NOW;
        row.engine = "terraform";
        row.terraformVersion = "1.11.4";
        RunMapper.put(row, state, LifecycleBenchmark.NOW);
        return row;
    }

    @Benchmark
    public Run read() {
        row.read.clear(); // as of a row that was loaded just now
        return RunMapper.record(row);
    }

    @Benchmark
    public String write() {
        RunMapper.put(row, state, LifecycleBenchmark.NOW);
        return row.state;
    }
}
