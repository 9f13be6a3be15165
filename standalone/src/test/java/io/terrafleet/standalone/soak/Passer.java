package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who starts a run in a workspace whenever the one before is over, and asks again when nobody answers.
 *
 * @param ended runs that came to their end, of all together
 * @param unanswered what nobody answered, or with 5xx; of all together
 * @param enough nothing new is started any more
 */
record Passer(TfeClient api, Stage.Place place, AtomicInteger ended, List<String> unanswered, AtomicBoolean enough)
        implements Runnable {
    private static final int LOOK_MILLIS = 150;

    @Override
    public void run() {
        Optional<String> current = Optional.empty();
        while (current.isPresent() || !enough.get()) {
            try {
                current = current.isEmpty() ? Optional.of(start().id()) : unfinished(current.get());
            } catch (UncheckedIOException e) {
                unanswered.add(String.valueOf(e.getCause()));
            } catch (ApiFailure e) {
                if (e.status() < 500) {
                    throw e;
                }
                unanswered.add(e.getMessage());
            }
            Pause.millis(LOOK_MILLIS);
        }
    }

    private Run start() {
        return api.startRun(
                place.workspace(),
                place.configurations().getFirst(),
                Map.of("message", "while everything is replaced", "auto-apply", true));
    }

    private Optional<String> unfinished(String run) {
        if (!api.run(run).isFinal()) {
            return Optional.of(run);
        }
        ended.incrementAndGet();
        return Optional.empty();
    }
}
