package io.terrafleet.api.page;

import io.quarkus.runtime.ShutdownEvent;
import io.terrafleet.api.log.LogGrew;
import io.terrafleet.api.run.RunChanged;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes those who look at a run when this replica moves it or takes its log. What another replica does is seen a little later: who
 * waits looks again every {@link #SAFETY_NET}.
 */
@ApplicationScoped
class RunWatch {
    static final Duration SAFETY_NET = Duration.ofSeconds(2);
    private static final int MOST_WATCHERS = 500;

    private final Map<String, Set<Watcher>> byRun = new ConcurrentHashMap<>();
    private final AtomicInteger watchers = new AtomicInteger();
    private volatile boolean stopping;

    /** One who looks at a run. */
    final class Watcher implements AutoCloseable {
        private final String run;
        private final Semaphore news = new Semaphore(0);

        private Watcher(String run) {
            this.run = run;
        }

        /** @return false when the service stops */
        boolean await() throws InterruptedException {
            boolean woken = news.tryAcquire(SAFETY_NET.toMillis(), TimeUnit.MILLISECONDS);
            if (woken) {
                news.drainPermits();
            }
            return !stopping;
        }

        @Override
        public void close() {
            watchers.decrementAndGet();
            byRun.computeIfPresent(run, (id, those) -> {
                those.remove(this);
                return those.isEmpty() ? null : those;
            });
        }
    }

    boolean full() {
        return watchers.get() >= MOST_WATCHERS;
    }

    Watcher watch(RunId run) {
        Watcher watcher = new Watcher(run.value());
        watchers.incrementAndGet();
        byRun.compute(run.value(), (id, those) -> {
            Set<Watcher> all = those == null ? ConcurrentHashMap.newKeySet() : those;
            all.add(watcher);
            return all;
        });
        return watcher;
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged changed) {
        wake(changed.run().value());
    }

    void grew(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogGrew grew) {
        wake(grew.log().substring(0, grew.log().lastIndexOf('-')));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        byRun.keySet().forEach(this::wake);
    }

    private void wake(String run) {
        byRun.getOrDefault(run, Set.of()).forEach(watcher -> watcher.news.release());
    }
}
