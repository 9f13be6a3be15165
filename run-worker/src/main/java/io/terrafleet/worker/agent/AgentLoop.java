package io.terrafleet.worker.agent;

import io.terrafleet.worker.job.JobSpec;
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
    /** Why the platform cannot be asked; empty once it has answered. */
    private Optional<String> trouble = Optional.of("");

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
            connect();
            if (room.await(PING_EVERY)) {
                client.next().ifPresent(this::take);
            } else {
                client.busy();
            }
            return true;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!trouble.equals(Optional.of(why))) {
                LOG.warnf("%s cannot be asked for jobs, and is asked again and again: %s", client.platform(), why);
            }
            trouble = Optional.of(why);
            return false;
        }
    }

    /** Says so once: when the platform answers for the first time, or again, and knows the agent. */
    private void connect() throws IOException, InterruptedException, AgentClient.TokenRefused {
        if (trouble.isEmpty() && client.registration().isPresent()) {
            return;
        }
        if (client.registration().isPresent()) {
            client.busy();
        }
        if (client.registration().isEmpty()) {
            client.register(name);
        }
        trouble = Optional.empty();
        client.registration()
                .ifPresent(as -> LOG.infof(
                        "connected to %s as agent %s of pool %s (%s)", client.platform(), name, as.pool(), as.id()));
    }

    private void take(JobSpec job) {
        LOG.infof("job %s: taken, for the workspace %s of %s", job.job(), job.workspaceName(), job.organization());
        jobs.ensure(job);
    }

    /** Says good-bye; what was handed on goes on. */
    @Override
    public void close() {
        if (!end.isDone()) {
            LOG.info("stopping: no more jobs are asked for");
        }
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
