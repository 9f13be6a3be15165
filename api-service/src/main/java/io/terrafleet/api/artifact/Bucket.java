package io.terrafleet.api.artifact;

import io.terrafleet.api.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The encrypted contents in a bucket. An object is named by the SHA-256 of its bytes ({@code prefix/ab/ab12…}), so anybody who may read the
 * bucket can check it without a key. Every call has a deadline; a store that does not answer is a {@link Problem} 503.
 */
final class Bucket implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Bucket.class);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofSeconds(3);

    private final ArtifactConfig.S3 config;
    private final String name;
    private final S3Client client;

    Bucket(ArtifactConfig.S3 config) {
        this.config = config;
        this.name = config.bucket()
                .orElseThrow(() -> new IllegalStateException("terrafleet.artifact.s3.bucket must name the bucket."));
        if (config.within().isNegative()
                || config.within().isZero()
                || config.within().compareTo(LONGEST) > 0) {
            throw new IllegalStateException("terrafleet.artifact.s3.within must be more than nothing and at most "
                    + LONGEST.toMinutes() + "m.");
        }
        this.client = client(config);
    }

    private static S3Client client(ArtifactConfig.S3 config) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(config.region()))
                .forcePathStyle(config.pathStyle())
                .credentialsProvider(credentials(config))
                // The newer checksums in trailers are not understood by every store; ours is the name of the object.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(config.connectWithin())
                        .socketTimeout(config.quietFor()))
                .overrideConfiguration(calls -> calls.apiCallTimeout(config.within()));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(ArtifactConfig.S3 config) {
        if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
            throw new IllegalStateException(
                    "terrafleet.artifact.s3.access-key and terrafleet.artifact.s3.secret-key belong together: set both or none.");
        }
        return config.accessKey().isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        config.accessKey().orElseThrow(), config.secretKey().orElseThrow()))
                : DefaultCredentialsProvider.builder().build();
    }

    /** Where an object lies, for people. */
    String place(String object) {
        return "object " + key(object) + " of bucket " + name;
    }

    private String key(String object) {
        return config.prefix() + "/" + object.substring(0, 2) + "/" + object;
    }

    /** Returns when the store has it. Putting the same again changes nothing. */
    void put(Vault.Sealed sealed) {
        try {
            client.putObject(
                    put -> put.bucket(name)
                            .key(key(sealed.sha256()))
                            .contentType("application/octet-stream")
                            .contentMD5(Base64.getEncoder().encodeToString(sealed.md5())),
                    RequestBody.fromFile(sealed.file()));
        } catch (SdkException e) {
            throw away("put", sealed.sha256(), e);
        }
    }

    /**
     * The bytes as they come from the store, not checked yet.
     *
     * @throws IOException when there is no such object
     */
    InputStream open(String object) throws IOException {
        try {
            return new Fetched(
                    client.getObject(get -> get.bucket(name).key(key(object))),
                    config.within(),
                    cause -> away("get", object, cause));
        } catch (NoSuchKeyException e) {
            throw new IOException(place(object) + " is missing", e);
        } catch (SdkException e) {
            throw away("get", object, e);
        }
    }

    /** Deleting what is gone changes nothing. */
    void delete(String object) {
        try {
            client.deleteObject(delete ->
                    delete.bucket(name).key(key(object)).overrideConfiguration(call -> call.apiCallTimeout(SHORT)));
        } catch (SdkException e) {
            throw away("delete", object, e);
        }
    }

    /** @throws SdkException when the bucket cannot be seen, and why */
    void look() {
        client.headBucket(head -> head.bucket(name).overrideConfiguration(call -> call.apiCallTimeout(GLANCE)));
    }

    String name() {
        return name;
    }

    private Problem away(String what, String object, Exception cause) {
        LOG.warnf(cause, "the store of artifacts does not %s %s", what, place(object));
        return Problem.of(
                503, "service unavailable", "The store of large files does not answer. Try again in a moment.");
    }

    @Override
    public void close() {
        client.close();
    }
}
