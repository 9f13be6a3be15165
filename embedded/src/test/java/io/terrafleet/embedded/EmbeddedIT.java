package io.terrafleet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIT {
    private static final String TOPIC = "facts";

    @TempDir
    Path directory;

    @Test
    void dataLivesThroughKillNineOfTheJvm() throws Exception {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = writer.inputReader()) {
            assertThat(out.readLine()).isEqualTo("written");
        }
        writer.destroyForcibly().waitFor();
        assertThat(StalePostmaster.find(directory.resolve("postgres/cluster")))
                .as("PostgreSQL outlives the JVM")
                .isPresent();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("postgres"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            assertThat(query(postgres, "select word from fact")).isEqualTo("kept");
            assertThat(firstOf(kafka)).isEqualTo("kept");
        }
        assertThat(StalePostmaster.find(directory.resolve("postgres/cluster")))
                .as("closed")
                .isEmpty();
    }

    @Test
    void commitsAreDurable() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(postgres, "show fsync")).isEqualTo("on");
            assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "show listen_addresses")).isEqualTo("localhost");
        }
    }

    @Test
    void makingATopicTwiceIsFine() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopics(List.of(TOPIC), 1);
            kafka.createTopics(List.of(TOPIC, "more"), 1);
        }
    }

    @Test
    void consumersThatLeftInOrderNeedNoDismissal() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopics(List.of(TOPIC), 1);
            consumer(kafka, "gone").close();
            try (var lost = consumer(kafka, "lost")) {
                kafka.dismissConsumers();
                kafka.dismissConsumers();
                assertThat(members(kafka)).containsOnly(Map.entry("gone", 0), Map.entry("lost", 0));
                assertThat(lost.assignment()).as("it does not know yet").hasSize(1);
            }
        }
    }

    @Test
    void takenPortIsSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, other.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " for Kafka is taken");
        }
    }

    /** A member of the group, its partition assigned. */
    private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka, String group) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        for (int tries = 0; tries < 60 && consumer.assignment().isEmpty(); tries++) {
            consumer.poll(Duration.ofMillis(500));
        }
        assertThat(consumer.assignment()).hasSize(1);
        return consumer;
    }

    private static Map<String, Integer> members(EmbeddedKafka kafka) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("gone", "lost")).describedGroups().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, group -> group.getValue()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join()
                            .members()
                            .size()));
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String firstOf(EmbeddedKafka kafka) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(20));
            assertThat(records.count()).isEqualTo(1);
            return records.iterator().next().value();
        }
    }

    /** Runs in a JVM of its own until it is killed. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("postgres"), 0);
            try (var connection =
                            DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                    var statement = connection.createStatement()) {
                statement.execute("create table fact(word text)");
                statement.execute("insert into fact values ('kept')");
            }
            EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
            kafka.createTopics(List.of(TOPIC), 1);
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>(TOPIC, "key", "kept")).get();
            }
            System.out.println("written");
            Thread.sleep(Duration.ofMinutes(1));
        }
    }
}
