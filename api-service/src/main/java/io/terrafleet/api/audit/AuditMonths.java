package io.terrafleet.api.audit;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the months of the audit trail before they begin, and drops whole the ones that nobody has to keep. */
@ApplicationScoped
class AuditMonths {
    private static final Logger LOG = Logger.getLogger(AuditMonths.class);
    private static final int AHEAD = 3;

    private final AuditMonthStore store;
    private final Optional<Duration> keep;
    private final InstantSource clock;

    AuditMonths(AuditMonthStore store, AuditConfig config, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.keep = config.keep();
        this.clock = clock;
        keep.filter(time -> time.compareTo(Duration.ofDays(1)) < 0).ifPresent(time -> {
            throw new IllegalStateException("terrafleet.audit.keep is " + time + " and must be at least a day.");
        });
    }

    @Scheduled(identity = "audit-months", every = "6h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @Transactional
    void turn() {
        if (!store.begin()) {
            return;
        }
        Instant now = clock.instant();
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
            store.make(month.plusMonths(ahead));
        }
        keep.map(now::minus).ifPresent(before -> {
            List<String> dropped = store.dropBefore(before);
            if (!dropped.isEmpty()) {
                LOG.infof("months of the audit trail dropped: %s", dropped);
            }
        });
    }
}
