package io.terrafleet.standalone.soak;

import io.terrafleet.contracts.event.Topic;
import io.terrafleet.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A broker as a process of its own. */
final class BrokerProcess {
    private static final int PARTITIONS = 3;

    private BrokerProcess() {}

    /** @param arguments directory, port to listen on, port that clients are told */
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        boolean first = !Files.exists(directory);
        EmbeddedKafka kafka =
                EmbeddedKafka.start(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        // Later the way there may be cut.
        if (first) {
            kafka.createTopics(topics(), PARTITIONS);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        new CountDownLatch(1).await();
    }

    private static List<String> topics() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.kafkaName(), topic.deadLetterName()))
                .toList();
    }
}
