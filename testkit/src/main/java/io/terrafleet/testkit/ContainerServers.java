package io.terrafleet.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Broker and database as containers, for {@code -Pcontainers}: the same tests on the servers that an installation has. The images are named by
 * {@code terrafleet.containers.postgres} and {@code terrafleet.containers.kafka}; {@code testkit/containers/build} makes some where none
 * can be pulled.
 */
final class ContainerServers {
    private static final String POSTGRES = "postgres";
    private static final String KAFKA = "apache/kafka";
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(3);

    private ContainerServers() {}

    static boolean areWanted() {
        return Boolean.getBoolean("terrafleet.containers");
    }

    /** Where they are reached; they end with the JVM. */
    static Map<String, String> start() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(image("postgres", "postgres:17", POSTGRES))
                .withDatabaseName("terrafleet")
                .withUsername("terrafleet")
                .withPassword("terrafleet")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        KafkaContainer kafka = new KafkaContainer(image("kafka", "apache/kafka:4.1.2", KAFKA))
                .withEnv("KAFKA_NUM_PARTITIONS", "2")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        CompletableFuture<?> starting =
                CompletableFuture.runAsync(() -> prepared(postgres).start());
        prepared(kafka).start();
        starting.join();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.stop();
            postgres.stop();
        }));
        makeTopics(kafka.getBootstrapServers());
        return Map.of(
                "kafka.bootstrap.servers", kafka.getBootstrapServers(),
                "platform.database.url", postgres.getJdbcUrl().replaceFirst("\\?.*", ""),
                "platform.database.username", postgres.getUsername(),
                "platform.database.password", postgres.getPassword(),
                "terrafleet.internal.key", "for-tests-only-0123456789abcdef0123456789");
    }

    private static DockerImageName image(String key, String usual, String like) {
        return DockerImageName.parse(setting(key).orElse(usual)).asCompatibleSubstituteFor(like);
    }

    /** What is built here is never asked of a registry. */
    private static GenericContainer<?> prepared(GenericContainer<?> container) {
        ImagePullPolicy pull = image -> !image.getRegistry().equals("localhost");
        container.withImagePullPolicy(pull).withStartupTimeout(STARTED_WITHIN);
        setting("network").ifPresent(container::withNetworkMode);
        return container;
    }

    private static void makeTopics(String servers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(EmbeddedServers.topics().stream()
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the topics cannot be made", e);
        }
    }

    private static Optional<String> setting(String key) {
        return Optional.ofNullable(System.getProperty("terrafleet.containers." + key))
                .filter(value -> !value.isBlank());
    }
}
