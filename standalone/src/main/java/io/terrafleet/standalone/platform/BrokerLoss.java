package io.terrafleet.standalone.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the broker began with nothing on data that had one before. It is remembered until a platform has stopped in order, so that a
 * kill before everything was said again loses nothing: saying it too often is harmless.
 */
final class BrokerLoss {
    private final Path mark;

    private BrokerLoss(Path mark) {
        this.mark = mark;
    }

    /** Before the broker is started. */
    static BrokerLoss lookAt(DataDirectory data) {
        BrokerLoss loss = new BrokerLoss(data.resolve("broker.lost"));
        if (Files.exists(data.resolve("postgres")) && !Files.exists(data.resolve("kafka")) && !loss.isKnown()) {
            try {
                Files.createFile(loss.mark);
            } catch (IOException e) {
                throw new PlatformUnusable(loss.mark + " cannot be written: " + e, e);
            }
        }
        return loss;
    }

    boolean isKnown() {
        return Files.exists(mark);
    }

    void settled() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new PlatformUnusable(mark + " cannot be removed: " + e, e);
        }
    }
}
