package io.terrafleet.runner;

import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import io.terrafleet.runner.terraform.Leash;
import io.terrafleet.runner.terraform.Leash.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Renews the lease and obeys what the platform answers. A platform that does not answer is asked again: the work goes on. */
final class Heart implements AutoCloseable {
    private final Platform platform;
    private final Lease lease;
    private final Duration every;
    private final Leash leash;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Heart(Platform platform, Lease lease, Duration every, Leash leash) {
        this.platform = platform;
        this.lease = lease;
        this.every = every;
        this.leash = leash;
    }

    static Heart beating(Platform platform, Lease lease, Duration every, Leash leash) {
        Heart heart = new Heart(platform, lease, every, leash);
        Thread.ofPlatform().daemon().name("heart").start(heart::beat);
        return heart;
    }

    private void beat() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                beatOnce();
            }
        } catch (Fenced e) {
            System.err.println(lease.job() + ": " + e.getMessage() + "; terraform is killed");
            leash.kill(Cause.FENCED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatOnce() throws Fenced {
        try {
            switch (platform.heartbeat(lease)) {
                case GO_ON -> {}
                case INTERRUPT -> leash.interrupt(Cause.CANCELLED);
                case KILL -> leash.kill(Cause.CANCELLED);
            }
        } catch (IOException e) {
            System.err.println(lease.job() + ": the heartbeat did not get through: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
