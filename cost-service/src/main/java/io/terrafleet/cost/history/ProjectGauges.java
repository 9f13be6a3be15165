package io.terrafleet.cost.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What every project costs a month now, as gauges for Prometheus: {@code terrafleet_cost_project_monthly}. */
final class ProjectGauges {
    /** More projects have no gauge: each is a time series of its own. */
    private static final int MOST = 5_000;

    /** A project's cost since the last apply in it. */
    record ProjectCost(String organization, String project, BigDecimal monthly) {}

    private record Key(String organization, String project) {}

    private final MeterRegistry metrics;
    private final Map<Key, AtomicLong> known = new ConcurrentHashMap<>();

    ProjectGauges(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void set(ProjectCost cost) {
        Key key = new Key(cost.organization(), cost.project());
        AtomicLong value = known.get(key);
        if (value != null) {
            value.set(cents(cost));
        } else if (known.size() < MOST) {
            known.computeIfAbsent(key, missing -> register(cost)).set(cents(cost));
        }
    }

    private AtomicLong register(ProjectCost cost) {
        AtomicLong value = new AtomicLong(cents(cost));
        Gauge.builder("terrafleet.cost.project.monthly", value, held -> held.get() / 100.0)
                .description("What a project costs a month since its last apply, in its currency")
                .tag("organization", cost.organization())
                .tag("project", cost.project())
                .register(metrics);
        return value;
    }

    private static long cents(ProjectCost cost) {
        return cost.monthly().movePointRight(2).longValue();
    }
}
