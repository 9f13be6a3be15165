package io.terrafleet.standalone.journey;

import io.terrafleet.embedded.EmbeddedKafka;
import io.terrafleet.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a platform that has stopped leaves in its data directory.
 *
 * @param data as {@code up} was told
 */
record Remains(Path data) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Every row of every table as text, bytes in hexadecimal digits; by table. */
    Map<String, String> tables() throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(data.resolve("postgres"), 0);
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            for (String table : names(statement)) {
                StringBuilder rows = new StringBuilder();
                try (ResultSet each = statement.executeQuery("select t::text from " + table + " t")) {
                    while (each.next()) {
                        rows.append(each.getString(1)).append('\n');
                    }
                }
                all.put(table, rows.toString());
            }
        }
        return all;
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        String query = "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')";
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Every record of every topic, with key and headers; by topic. */
    Map<String, String> topics() {
        Map<String, Object> config = Map.of("enable.auto.commit", false, "allow.auto.create.topics", false);
        Map<String, String> all = new TreeMap<>();
        try (EmbeddedKafka broker = EmbeddedKafka.start(data.resolve("kafka"), 0)) {
            Map<String, Object> client = new TreeMap<>(config);
            client.put("bootstrap.servers", broker.bootstrapServers());
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.listTopics().values().stream()
                        .flatMap(List::stream)
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                read(consumer, partitions, all);
            }
        }
        return all;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<String, String> all) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the topics cannot be read within " + PATIENCE);
            }
            consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                StringBuilder text = new StringBuilder(text(record.key())).append(' ');
                record.headers().forEach(header -> text.append(header.key())
                        .append('=')
                        .append(text(header.value()))
                        .append(' '));
                text.append(text(record.value())).append('\n');
                all.merge(record.topic(), text.toString(), String::concat);
            });
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Shows every file as it lies there, broker and database too, but for the binaries that anybody can have. */
    void files(BiConsumer<String, byte[]> look) throws IOException {
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path each : tree.filter(Files::isRegularFile).toList()) {
                String name = data.relativize(each).toString();
                if (!name.startsWith("worker/terraform/")) {
                    look.accept(name, Files.readAllBytes(each));
                }
            }
        }
    }
}
