package io.terrafleet.api.month;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes the months of a table before they begin, and drops whole the ones that nobody has to keep. */
@ApplicationScoped
public class Months {
    private static final Logger LOG = Logger.getLogger(Months.class);
    private static final int AHEAD = 3;

    private final MonthStore store;
    private final InstantSource clock;

    Months(MonthStore store, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What is due; nothing while another process is at it. */
    @Transactional
    public void turn(MonthlyTable table) {
        if (!store.begin(table.name())) {
            return;
        }
        Instant now = clock.instant();
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
            store.make(table.name(), month.plusMonths(ahead));
        }
        table.keep().map(now::minus).ifPresent(before -> {
            List<String> dropped = store.dropBefore(table.name(), before);
            if (!dropped.isEmpty()) {
                LOG.infof("dropped, as %s says: %s", table.setting(), dropped);
            }
        });
    }
}
