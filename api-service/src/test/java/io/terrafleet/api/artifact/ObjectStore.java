package io.terrafleet.api.artifact;

import io.terrafleet.testkit.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A real S3 server, and the settings of an installation that keeps its artifacts there. */
final class ObjectStore implements AutoCloseable {
    private final S3Server server = new S3Server();

    /** As an installation is set up for it. */
    ArtifactConfig config(Path directory) {
        return config(directory, server.endpoint(), Duration.ofSeconds(20));
    }

    static ArtifactConfig config(Path directory, URI endpoint, Duration quietFor) {
        return new Settings(directory, 10_000_000, ArtifactConfig.Place.S3, new Reached(endpoint, quietFor));
    }

    record Settings(Path directory, long mostBytes, Place place, S3 s3) implements ArtifactConfig {}

    record Reached(URI address, Duration quietFor) implements ArtifactConfig.S3 {
        @Override
        public Optional<String> bucket() {
            return Optional.of(S3Server.BUCKET);
        }

        @Override
        public String prefix() {
            return "here/artifacts";
        }

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.of(address);
        }

        @Override
        public boolean pathStyle() {
            return true;
        }

        @Override
        public Optional<String> accessKey() {
            return Optional.of(S3Server.ACCESS_KEY);
        }

        @Override
        public Optional<String> secretKey() {
            return Optional.of(S3Server.SECRET_KEY);
        }

        @Override
        public Duration connectWithin() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration within() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration sweepEvery() {
            return Duration.ofMinutes(1);
        }
    }

    static String key(String object) {
        return "here/artifacts/" + object.substring(0, 2) + "/" + object;
    }

    boolean has(String object) {
        return server.has(key(object));
    }

    byte[] read(String object) throws IOException {
        return server.read(key(object));
    }

    /** As somebody could who may write to the bucket. */
    void write(String object, byte[] bytes) throws IOException {
        server.write(key(object), bytes);
    }

    void remove(String object) {
        server.remove(key(object));
    }

    void goAway() {
        server.goAway();
    }

    void comeBack() {
        server.comeBack();
    }

    @Override
    public void close() {
        server.close();
    }
}
