package io.terrafleet.cost.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What every project costs a month now, as gauges for Prometheus: {@code terrafleet_cost_project_monthly}. Every instance of the service
 * shows the same: it looks again when it is asked and what it knows is old, whichever instance heard of the last apply.
 */
final class ProjectGauges {
    /** More projects have no gauge: each is a time series of its own. */
    private static final int MOST = 5_000;

    private static final Duration OLD = Duration.ofSeconds(15);

    /** A project's cost since the last apply in it. */
    record ProjectCost(String organization, String project, String currency, BigDecimal monthly) {}

    private record Key(String organization, String project, String currency) {}

    private final MeterRegistry metrics;
    private final Supplier<List<ProjectCost>> source;
    private final InstantSource clock;
    private final Map<Key, Gauge> gauges = new ConcurrentHashMap<>();
    private Map<Key, BigDecimal> known = Map.of();
    private Instant readAt = Instant.MIN;

    ProjectGauges(MeterRegistry metrics, Supplier<List<ProjectCost>> source, InstantSource clock) {
        this.metrics = metrics;
        this.source = source;
        this.clock = clock;
    }

    /** Begins to show; call once at the start. */
    void show() {
        Gauge.builder("terrafleet.cost.projects", () -> fresh().size())
                .description("How many projects are known to cost something")
                .register(metrics);
        fresh();
    }

    /** What is known is looked up again when it is asked for next, and projects that are new get their gauge. */
    void stale() {
        synchronized (this) {
            readAt = Instant.MIN;
        }
        fresh();
    }

    private synchronized Map<Key, BigDecimal> fresh() {
        Instant now = clock.instant();
        if (readAt.equals(Instant.MIN) || readAt.plus(OLD).isBefore(now)) {
            Map<Key, BigDecimal> costs = new HashMap<>();
            source.get()
                    .forEach(cost ->
                            costs.put(new Key(cost.organization(), cost.project(), cost.currency()), cost.monthly()));
            known = costs;
            readAt = now;
            costs.keySet().stream()
                    .limit(MOST)
                    .filter(key -> gauges.size() < MOST)
                    .forEach(key -> gauges.computeIfAbsent(key, this::register));
        }
        return known;
    }

    private Gauge register(Key key) {
        return Gauge.builder("terrafleet.cost.project.monthly", () -> fresh().getOrDefault(key, BigDecimal.ZERO)
                        .doubleValue())
                .description("What a project costs a month since its last apply, in its currency")
                .tag("organization", key.organization())
                .tag("project", key.project())
                .tag("currency", key.currency())
                .register(metrics);
    }
}
