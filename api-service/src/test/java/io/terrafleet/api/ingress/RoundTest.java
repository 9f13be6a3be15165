package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void manyWhoAskMeanwhileAreServedByOneMore() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        Round round = new Round("a round", () -> {
            rounds.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        round.ask();
        Await.until("it has begun", PATIENCE, () -> rounds.get() == 1);
        for (int i = 0; i < 100; i++) {
            round.ask();
        }
        gate.countDown();
        Await.until("another one", PATIENCE, () -> rounds.get() == 2);
        round.ask();
        Await.until("and one for who asks later", PATIENCE, () -> rounds.get() >= 3);
        assertThat(rounds.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void oneThatFailsIsNotTheLast() {
        AtomicInteger rounds = new AtomicInteger();
        Round round = new Round("a round", () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("the first one fails, as this test wants");
            }
        });
        round.ask();
        Await.until("it has failed", PATIENCE, () -> rounds.get() == 1);
        round.ask();
        Await.until("another one", PATIENCE, () -> rounds.get() == 2);
    }
}
