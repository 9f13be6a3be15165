package io.terrafleet.api.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A real S3 server in this JVM, in memory, with one bucket; it can be away and come back with what it had. */
final class ObjectStore implements AutoCloseable {
    static final String BUCKET = "files";
    private static final String ACCESS_KEY = "a-test";
    private static final String SECRET_KEY = "a-test-secret";

    private final BlobStore contents = new TransientNio2BlobStore();
    private final int port;
    private S3Proxy server;

    ObjectStore() {
        contents.createContainer(BUCKET);
        server = start(0);
        port = server.getPort();
    }

    private S3Proxy start(int at) {
        S3Proxy started = S3Proxy.builder()
                .blobStore(contents)
                .endpoint(URI.create("http://127.0.0.1:" + at))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        try {
            started.start();
        } catch (Exception e) {
            throw new AssertionError("the S3 server does not start", e);
        }
        return started;
    }

    /** As an installation is set up for it. */
    ArtifactConfig config(Path directory) {
        return config(directory, URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(20));
    }

    static ArtifactConfig config(Path directory, URI endpoint, Duration quietFor) {
        return new Settings(directory, 10_000_000, ArtifactConfig.Place.S3, new Reached(endpoint, quietFor));
    }

    record Settings(Path directory, long mostBytes, Place place, S3 s3) implements ArtifactConfig {}

    record Reached(URI address, Duration quietFor) implements ArtifactConfig.S3 {
        @Override
        public Optional<String> bucket() {
            return Optional.of(BUCKET);
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
            return Optional.of(ACCESS_KEY);
        }

        @Override
        public Optional<String> secretKey() {
            return Optional.of(SECRET_KEY);
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
        return contents.blobExists(BUCKET, key(object));
    }

    byte[] read(String object) throws IOException {
        try (var content = contents.getBlob(
                GetObjectRequest.builder().bucket(BUCKET).key(key(object)).build())) {
            return content.readAllBytes();
        }
    }

    /** As somebody could who may write to the bucket. */
    void write(String object, byte[] bytes) throws IOException {
        contents.putBlob(
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key(key(object))
                        .contentLength((long) bytes.length)
                        .build(),
                RequestBody.fromBytes(bytes).contentStreamProvider().newStream());
    }

    void remove(String object) {
        contents.removeBlob(BUCKET, key(object));
    }

    void goAway() {
        stop(server);
    }

    void comeBack() {
        server = start(port);
    }

    private static void stop(S3Proxy server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("the S3 server does not stop", e);
        }
    }

    @Override
    public void close() {
        stop(server);
    }
}
