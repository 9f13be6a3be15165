package io.terrafleet.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.ArtifactServerResource;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What becomes of a record whose handler fails, on a real database. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(value = ArtifactServerResource.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init")
class DeliveryIT {
    @Inject
    @Identifier("policy")
    Messaging messaging;

    @Inject
    @DataSource("policy")
    AgroalDataSource dataSource;

    private final AtomicInteger tries = new AtomicInteger();
    private final List<String> givenUp = new ArrayList<>();

    @Test
    void whatIsTooMuchForAHandlerIsGivenUpAndNotTriedAgain() {
        String key = deliver(() -> {
            throw new OutOfMemoryError("as if");
        });

        assertThat(tries).hasValue(1);
        assertThat(givenUp).containsExactly(key);
    }

    @Test
    void whatFailsByItselfIsGivenUpAfterFiveTries() {
        String key = deliver(() -> {
            throw new IllegalStateException("as if");
        });

        assertThat(tries).hasValue(5);
        assertThat(givenUp).containsExactly(key);
    }

    /** The database answers again at once, so it is the failure itself that tells whose trouble it was. */
    @Test
    void whileTheDatabaseEndsConnectionsNothingIsGivenUp() {
        deliver(() -> {
            if (tries.get() <= 6) {
                QuarkusTransaction.requiringNew().run(this::loseTheConnection);
            }
        });

        assertThat(tries).hasValue(7);
        assertThat(givenUp).isEmpty();
    }

    private void loseTheConnection() {
        try (Connection connection = dataSource.getConnection();
                Statement end = connection.createStatement()) {
            end.execute("select pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot be saved", e);
        }
    }

    /** @return the key of the record */
    private String deliver(Runnable handler) {
        PlanPriced fact = new PlanPriced(
                Bus.newRun(),
                "0".repeat(64),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topic.RUN_EVENTS.kafkaName(), 0, 0, fact.key(), FactCodec.write(fact));
        record.headers().add("ce_id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", FactCodec.typeOf(PlanPriced.class).getBytes(StandardCharsets.UTF_8));
        messaging
                .delivery()
                .deliver(
                        record,
                        RunEvent.class,
                        event -> {
                            tries.incrementAndGet();
                            handler.run();
                        },
                        event -> givenUp.add(event.fact().key()));
        return fact.key();
    }
}
