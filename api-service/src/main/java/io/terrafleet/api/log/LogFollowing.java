package io.terrafleet.api.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads of logs that grow: one that comes before there is more is held for a moment, and answered when this replica takes the next piece.
 * So who follows a log sees it as it is written, and not in the rhythm in which the client asks (terraform: up to two seconds).
 */
@ApplicationScoped
public class LogFollowing {
    /** Who comes when so many wait is answered at once. */
    private static final int MOST_WAITING = 2_000;
    /** What comes right behind a piece goes with it: a hundred readers of a quick writer would else ask for each piece by itself. */
    private static final int GATHER_MILLIS = 50;

    private final Logs logs;
    private final Duration hold;
    private final Map<String, Waiting> byLog = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    LogFollowing(Logs logs, LogConfig config) {
        this.logs = logs;
        this.hold = config.hold();
    }

    /** All who wait for the next piece of a log. */
    private static final class Waiting {
        final CountDownLatch news = new CountDownLatch(1);
        int readers;
    }

    void grew(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogGrew grew) {
        Waiting those = byLog.remove(grew.log());
        if (those != null) {
            those.news.countDown();
        }
    }

    /** As {@link Logs#read}, after {@code terrafleet.log.hold} at the latest; a log that nobody writes to is not waited for. */
    public byte[] read(String log, long offset, int limit) throws InterruptedException {
        if (hold.isZero() || waiting.get() >= MOST_WAITING) {
            return logs.read(log, offset, limit);
        }
        waiting.incrementAndGet();
        // Before it is looked, so that nothing comes in between unnoticed.
        Waiting those = enter(log);
        try {
            byte[] piece = logs.read(log, offset, limit);
            if (piece.length > 0 || !logs.growsAt(log, offset)) {
                return piece;
            }
            if (!those.news.await(hold.toMillis(), TimeUnit.MILLISECONDS)) {
                return piece;
            }
            Thread.sleep(GATHER_MILLIS);
            return logs.read(log, offset, limit);
        } finally {
            leave(log, those);
            waiting.decrementAndGet();
        }
    }

    private Waiting enter(String log) {
        return byLog.compute(log, (_, there) -> {
            Waiting those = there == null ? new Waiting() : there;
            those.readers++;
            return those;
        });
    }

    private void leave(String log, Waiting those) {
        byLog.computeIfPresent(log, (_, there) -> there == those && --those.readers == 0 ? null : there);
    }
}
