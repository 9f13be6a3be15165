package io.terrafleet.testkit;

import java.io.IOException;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A real S3 server in this JVM, in memory, with one bucket; it can be away and come back with what it had. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "files";
    public static final String ACCESS_KEY = "a-test";
    public static final String SECRET_KEY = "a-test-secret";

    private final BlobStore contents = new TransientNio2BlobStore();
    private final int port;
    private S3Proxy server;

    public S3Server() {
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

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public boolean has(String key) {
        return contents.blobExists(BUCKET, key);
    }

    /** How many objects have keys that begin like this; at most 1,000. */
    public int count(String prefix) {
        return contents.list(ListObjectsV2Request.builder()
                        .bucket(BUCKET)
                        .prefix(prefix)
                        .build())
                .contents()
                .size();
    }

    public byte[] read(String key) throws IOException {
        try (var content = contents.getBlob(
                GetObjectRequest.builder().bucket(BUCKET).key(key).build())) {
            return content.readAllBytes();
        }
    }

    /** As somebody could who may write to the bucket. */
    public void write(String key, byte[] bytes) throws IOException {
        contents.putBlob(
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key(key)
                        .contentLength((long) bytes.length)
                        .build(),
                RequestBody.fromBytes(bytes).contentStreamProvider().newStream());
    }

    public void remove(String key) {
        contents.removeBlob(BUCKET, key);
    }

    public void goAway() {
        stop(server);
    }

    public void comeBack() {
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
