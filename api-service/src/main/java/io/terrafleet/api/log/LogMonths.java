package io.terrafleet.api.log;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.month.MonthlyTable;
import io.terrafleet.api.month.Months;
import jakarta.enterprise.context.ApplicationScoped;

/** The months of logs. */
@ApplicationScoped
class LogMonths {
    private final Months months;
    private final MonthlyTable pieces;
    private final RecentPieces recent;

    LogMonths(Months months, LogConfig config, RecentPieces recent) {
        this.months = months;
        this.pieces = new MonthlyTable("log_piece", "terrafleet.log.keep", config.keep());
        this.recent = recent;
    }

    @Scheduled(identity = "log-months", every = "6h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void turn() {
        months.turn(pieces);
        if (pieces.keep().isPresent()) {
            recent.clear(); // another process may have dropped what is in the memory of this one
        }
    }
}
