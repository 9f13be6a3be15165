package io.terrafleet.standalone.soak;

import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.RunRequest;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.standalone.soak.History.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The records of a round's broker.
 *
 * @param bootstrap {@code host:port}
 */
record Topics(String bootstrap) {
    /** Those that speak of runs. */
    private static final List<Topic> OF_RUNS = List.of(
            Topic.RUN_REQUESTS, Topic.RUN_EVENTS, Topic.WORKER_EVENTS, Topic.POLICY_DECISIONS, Topic.COST_DECISIONS);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration GLANCE = Duration.ofSeconds(5);

    /** Whether the broker answers and has all topics. */
    boolean exist() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", 5_000, "request.timeout.ms", 4_000);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics()
                    .keySet()
                    .containsAll(
                            Stream.of(Topic.values()).map(Topic::deadLetterName).toList());
        } catch (KafkaException notYet) {
            return false;
        }
    }

    /** Everything that was ever published about runs, and all dead letters, in the order of their partitions. */
    List<Published> published() {
        List<Published> all = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : read(names(), PATIENCE)) {
            all.add(new Published(
                    record.topic(),
                    header(record, "ce_id"),
                    header(record, "ce_type"),
                    String.valueOf(record.key()),
                    detail(record)));
        }
        return all;
    }

    /** Sends some old records of one topic again, shuffled. @return false when the broker cannot be had just now */
    boolean repeat(int choice, int most) {
        String topic = OF_RUNS.get(choice % OF_RUNS.size()).kafkaName();
        try {
            List<ConsumerRecord<String, byte[]>> old = new ArrayList<>(read(List.of(topic), GLANCE));
            Collections.shuffle(old, new SplittableRandom(choice));
            send(old.subList(0, Math.min(most, old.size())));
            return !old.isEmpty();
        } catch (SoakBroken | KafkaException away) {
            return false;
        }
    }

    private void send(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrap,
                "delivery.timeout.ms",
                10_000,
                "request.timeout.ms",
                4_000,
                "linger.ms",
                0,
                "max.block.ms",
                5_000);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                sent.add(producer.send(
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers())));
            }
            for (Future<?> each : sent) {
                each.get(GLANCE.toSeconds() * 2, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new SoakBroken("old records cannot be sent again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoakBroken("interrupted", e);
        }
    }

    private static List<String> names() {
        return Stream.concat(
                        OF_RUNS.stream().map(Topic::kafkaName),
                        Stream.of(Topic.values()).map(Topic::deadLetterName))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> read(List<String> topics, Duration patience) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("enable.auto.commit", false);
        config.put("isolation.level", "read_uncommitted");
        config.put("default.api.timeout.ms", (int) patience.toMillis());
        config.put("request.timeout.ms", (int) Math.min(4_000, patience.toMillis()));
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                if (System.nanoTime() - deadline > 0) {
                    throw new SoakBroken("the topics cannot be read within " + patience);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String detail(ConsumerRecord<String, byte[]> record) {
        if (record.topic().endsWith(".dead")) {
            return header(record, "terrafleet_error");
        }
        return FactCodec.read(header(record, "ce_type"), record.value())
                .map(Topics::detail)
                .orElse("");
    }

    private static String detail(Fact fact) {
        return switch (fact) {
            case RunRequest.PhaseRequested requested -> requested.job().toString();
            case RunEvent.PlanCompleted completed -> completed.plan().sha256();
            case RunEvent.RunFinished finished -> finished.status();
            case PolicyDecision.PolicyDecided decided ->
                decided.planSha256() + " " + decided.verdict().word();
            case CostDecision.CostDecided decided ->
                decided.planSha256() + " " + decided.verdict().word();
            default -> "";
        };
    }
}
