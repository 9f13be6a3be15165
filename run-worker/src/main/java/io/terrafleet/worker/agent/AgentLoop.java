package io.terrafleet.worker.agent;

import io.terrafleet.worker.job.Jobs;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks for jobs, one after the other, and hands them on, until it is closed. Whatever fails is tried again a little later. */
public final class AgentLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AgentLoop.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final AgentClient client;
    private final String name;
    private final Jobs jobs;
    private final Duration retryAfter;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("agent").unstarted(this::run);
    private volatile @Nullable String agent;

    public AgentLoop(URI api, String token, String name, Duration retryAfter, Jobs jobs, InstantSource clock) {
        this.client = new AgentClient(api, token, clock);
        this.name = name;
        this.retryAfter = retryAfter;
        this.jobs = jobs;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                if (!turn() && closed.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when it is to be tried again later */
    private boolean turn() throws InterruptedException {
        try {
            String own = agent;
            if (own == null) {
                own = client.register(name);
                agent = own;
                LOG.infof("registered as agent %s (%s)", own, name);
            }
            client.next(own).ifPresent(jobs::ensure);
            return true;
        } catch (AgentClient.Forgotten e) {
            agent = null;
            return true;
        } catch (IOException e) {
            LOG.warnf("no job could be asked for: %s", e.getMessage());
            return false;
        }
    }

    /** Says good-bye; what was handed on goes on. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(FAREWELL);
            String own = agent;
            if (own != null) {
                client.exit(own);
            }
        } catch (IOException e) {
            LOG.debugf(e, "the platform could not be told that the agent %s stops", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
