package io.terrafleet.policy.verdict;

import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The real broker as a test uses it: it tells the service what became of runs and hears what it decides. */
final class Bus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Random RANDOM = new Random();

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<PolicyDecision> heard = new ArrayList<>();

    Bus(Object bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        Map<String, Object> reader = new HashMap<>();
        reader.put("bootstrap.servers", bootstrapServers);
        reader.put("group.id", "test-" + UUID.randomUUID());
        reader.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.POLICY_DECISIONS.kafkaName()));
    }

    static RunId newRun() {
        return new RunId(Ids.make("run", RANDOM));
    }

    void tell(RunEvent fact) {
        tell(UUID.randomUUID().toString(), fact);
    }

    void tell(String eventId, RunEvent fact) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.RUN_EVENTS.kafkaName(), fact.key(), FactCodec.write(fact));
        record.headers().add("ce_id", eventId.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", FactCodec.typeOf(fact.getClass()).getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    PolicyDecided decision(RunId run) {
        return Await.value(
                "the decision on " + run, PATIENCE, () -> look(run).stream().findFirst());
    }

    TrialJudged trial(RunId run) {
        return Await.value("the trial on " + run, PATIENCE, () -> heard(run).stream()
                .filter(TrialJudged.class::isInstance)
                .map(TrialJudged.class::cast)
                .findFirst());
    }

    /** All that was decided so far. */
    List<PolicyDecided> look(RunId run) {
        return heard(run).stream()
                .filter(PolicyDecided.class::isInstance)
                .map(PolicyDecided.class::cast)
                .toList();
    }

    private List<PolicyDecision> heard(RunId run) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> {
            String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            Optional.of(type)
                    .flatMap(name -> FactCodec.read(name, record.value()))
                    .ifPresent(fact -> heard.add((PolicyDecision) fact));
        });
        return heard.stream().filter(decision -> decision.run().equals(run)).toList();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
