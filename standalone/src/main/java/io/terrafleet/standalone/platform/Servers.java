package io.terrafleet.standalone.platform;

import io.terrafleet.contracts.event.Topic;
import io.terrafleet.embedded.EmbeddedKafka;
import io.terrafleet.embedded.EmbeddedPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The broker and the database that the services stand on. */
final class Servers implements AutoCloseable {
    /** Runs of one key stay in order; two are enough for one machine's workers. */
    private static final int PARTITIONS = 2;

    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final BrokerLoss loss;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Servers(EmbeddedKafka kafka, EmbeddedPostgres postgres, BrokerLoss loss) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.loss = loss;
    }

    /** Both at once; the topics of the contracts exist when it returns. */
    static Servers start(DataDirectory data) {
        BrokerLoss loss = BrokerLoss.lookAt(data);
        CompletableFuture<EmbeddedPostgres> postgres =
                CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(data.resolve("postgres"), 0));
        EmbeddedKafka kafka;
        try {
            kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
        } catch (RuntimeException e) {
            postgres.thenAccept(EmbeddedPostgres::close).join();
            throw e;
        }
        try {
            kafka.createTopics(topics(), PARTITIONS);
            kafka.dismissConsumers();
            return new Servers(kafka, postgres.join(), loss);
        } catch (CompletionException e) {
            kafka.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    BrokerLoss loss() {
        return loss;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    RunningPlatform.Database database() {
        return new RunningPlatform.Database(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    /** Kafka first: the database is the last that anybody still needs. Once, however often it is asked. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                kafka.close();
            } finally {
                postgres.close();
            }
        }
    }

    private static List<String> topics() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.kafkaName(), topic.deadLetterName()))
                .toList();
    }
}
