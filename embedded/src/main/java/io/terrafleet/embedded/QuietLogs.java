package io.terrafleet.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A broker and a server tell hundreds of lines at start that matter to nobody on a laptop; warnings stay. */
final class QuietLogs {
    /** Held, because a log manager may forget a logger (and its level) that nobody holds. */
    private static final List<Logger> HELD = Stream.of("org.apache.kafka", "kafka", "state.change.logger", "io.zonky")
            .map(Logger::getLogger)
            .toList();

    /** Warns at every first start that a new directory is empty. */
    private static final Logger CONTROLLER = Logger.getLogger("org.apache.kafka.controller.QuorumController");

    private QuietLogs() {}

    static void lower() {
        HELD.forEach(logger -> logger.setLevel(Level.WARNING));
        CONTROLLER.setLevel(Level.SEVERE);
    }
}
