package io.terrafleet.testkit;

import io.terrafleet.contracts.event.Topic;
import io.terrafleet.embedded.EmbeddedKafka;
import io.terrafleet.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one database for the test JVM, started when first asked for, closed and removed when the JVM ends; with {@code -Pcontainers}
 * they are {@link ContainerServers}.
 */
public final class EmbeddedServers {
    private static @Nullable Map<String, String> configuration;

    private EmbeddedServers() {}

    /** The configuration keys by which a service finds them, the topics of the contracts made. */
    public static synchronized Map<String, String> configuration() {
        if (configuration == null) {
            configuration = ContainerServers.areWanted() ? ContainerServers.start() : start();
        }
        return configuration;
    }

    /** The topics of the contracts and where their poison goes. */
    public static List<String> topics() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.kafkaName(), topic.deadLetterName()))
                .toList();
    }

    private static Map<String, String> start() {
        Path directory = temporaryDirectory();
        CompletableFuture<EmbeddedPostgres> starting =
                CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(directory.resolve("postgres"), 0));
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        kafka.createTopics(topics(), 2);
        EmbeddedPostgres postgres = starting.join();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.close();
            postgres.close();
            delete(directory);
        }));
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "platform.database.url", postgres.jdbcUrl(),
                "platform.database.username", postgres.username(),
                "platform.database.password", postgres.password(),
                "terrafleet.internal.key", "for-tests-only-0123456789abcdef0123456789");
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("terrafleet-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be removed", e);
        }
    }
}
