package io.terrafleet.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens elsewhere, and says what did not happen. */
public final class Await {
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Await() {}

    /** @param what completes "waited 5 s for …" */
    public static void until(String what, Duration patience, BooleanSupplier happened) {
        value(what, patience, () -> happened.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The value as soon as there is one. */
    public static <T> T value(String what, Duration patience, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + patience.toMillis() / 1000.0 + " s for " + what);
            }
            sleep(what);
        }
    }

    private static void sleep(String what) {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }
}
