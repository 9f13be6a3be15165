package io.terrafleet.worker.agent;

import io.terrafleet.worker.job.Jobs;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Asks for jobs, one after the other, and hands them on, until it is closed or its token is refused. Whatever else fails is tried again a
 * little later.
 */
final class AgentLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AgentLoop.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    /** A busy agent is heard of this often. */
    private static final Duration PING_EVERY = Duration.ofSeconds(15);

    /** Whether one more job could begin at once. */
    @FunctionalInterface
    interface Room {
        boolean await(Duration most) throws InterruptedException;
    }

    private final AgentClient client;
    private final String name;
    private final Jobs jobs;
    private final Room room;
    private final Duration retryAfter;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private final Thread thread = Thread.ofVirtual().name("agent").unstarted(this::run);

    /** @param name of the agent, for people */
    AgentLoop(AgentClient client, String name, Duration retryAfter, Jobs jobs, Room room) {
        this.client = client;
        this.name = name;
        this.retryAfter = retryAfter;
        this.jobs = jobs;
        this.room = room;
    }

    void start() {
        thread.start();
    }

    /** Waits until it asks no more. @return why, when nobody has told it to stop */
    Optional<String> awaitEnd() {
        return end.join();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                if (!turn() && closed.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            end.complete(Optional.empty());
        } catch (AgentClient.TokenRefused e) {
            LOG.errorf("%s", e.getMessage());
            end.complete(Optional.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.complete(Optional.empty());
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** @return false when it is to be tried again later */
    private boolean turn() throws InterruptedException, AgentClient.TokenRefused {
        try {
            if (!client.isRegistered()) {
                LOG.infof("registered as %s (%s)", client.register(name), name);
            }
            if (room.await(PING_EVERY)) {
                client.next().ifPresent(jobs::ensure);
            } else {
                client.busy();
            }
            return true;
        } catch (IOException e) {
            LOG.warnf("the platform cannot be asked for a job: %s", e.getMessage());
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
            client.exit();
        } catch (IOException e) {
            LOG.debugf(e, "the platform could not be told that the agent %s stops", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
