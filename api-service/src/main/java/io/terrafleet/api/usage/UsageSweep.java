package io.terrafleet.api.usage;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Takes away what is left of usage files that were replaced or deleted, or whose workspace or configuration is gone. */
@ApplicationScoped
class UsageSweep {
    private static final Logger LOG = Logger.getLogger(UsageSweep.class);
    private static final int AT_ONCE = 200;

    private final UsageFiles files;
    private final UsageConfig config;

    UsageSweep(UsageFiles files, UsageConfig config) {
        this.files = files;
        this.config = config;
    }

    @Scheduled(identity = "usage-files", every = "1h", delayed = "9m", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        int deleted = sweep(config.unusedFor());
        if (deleted > 0) {
            LOG.infof("old usage files deleted count=%d", deleted);
        }
    }

    /** @return how many were deleted */
    int sweep(Duration unusedFor) {
        files.markUnused();
        int deleted = 0;
        for (int part = AT_ONCE; part == AT_ONCE; deleted += part) {
            part = files.deleteUnused(unusedFor, AT_ONCE);
        }
        return deleted;
    }
}
