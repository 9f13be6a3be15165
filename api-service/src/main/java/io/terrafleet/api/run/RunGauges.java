package io.terrafleet.api.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * How many runs wait for what, for whoever scales workers or is woken when nothing moves. Every replica says the same, so it is looked at by
 * {@code max}, not by {@code sum}.
 */
@ApplicationScoped
class RunGauges {
    private static final Duration OLD = Duration.ofSeconds(10);

    /** What people wait for: a turn, a worker, a runner, a judge, a person. */
    private static final List<String> STATUSES = List.of(
            "pending",
            "pre_plan_running",
            "plan_queued",
            "planning",
            "cost_estimating",
            "policy_checking",
            "post_plan_running",
            "policy_override",
            "policy_checked",
            "confirmed",
            "apply_queued",
            "applying");

    private final RunStore store;
    private final InstantSource clock;
    private Map<String, Long> known = Map.of();
    private Instant readAt = Instant.MIN;

    RunGauges(RunStore store, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void show(@Observes StartupEvent started, MeterRegistry meters) {
        for (String status : STATUSES) {
            Gauge.builder("terrafleet.run.unfinished", () -> fresh().getOrDefault(status, 0L))
                    .description("Runs that are not over")
                    .tag("status", status)
                    .register(meters);
        }
    }

    private synchronized Map<String, Long> fresh() {
        Instant now = clock.instant();
        if (readAt.equals(Instant.MIN) || readAt.plus(OLD).isBefore(now)) {
            known = QuarkusTransaction.requiringNew().call(store::unfinished);
            readAt = now;
        }
        return known;
    }
}
