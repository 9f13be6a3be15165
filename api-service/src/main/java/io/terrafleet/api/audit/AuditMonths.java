package io.terrafleet.api.audit;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.month.MonthlyTable;
import io.terrafleet.api.month.Months;
import jakarta.enterprise.context.ApplicationScoped;

/** The months of the audit trail. */
@ApplicationScoped
class AuditMonths {
    private final Months months;
    private final MonthlyTable trail;

    AuditMonths(Months months, AuditConfig config) {
        this.months = months;
        this.trail = new MonthlyTable("audit_event", "terrafleet.audit.keep", config.keep());
    }

    @Scheduled(identity = "audit-months", every = "6h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void turn() {
        months.turn(trail);
    }
}
