package io.terrafleet.contracts.event;

import io.terrafleet.jmh.Plans;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The largest event on a run's way, in and out of its record. */
@State(Scope.Benchmark)
public class EventBenchmark {
    private static final String TYPE = "io.terrafleet.run-events.plan-completed.v1";

    private final byte[] bytes = Plans.resource("/events/" + TYPE + ".json");
    private final Fact fact = FactCodec.read(TYPE, bytes).orElseThrow();

    @Benchmark
    public byte[] write() {
        return FactCodec.write(fact);
    }

    @Benchmark
    public Optional<Fact> read() {
        return FactCodec.read(TYPE, bytes);
    }
}
