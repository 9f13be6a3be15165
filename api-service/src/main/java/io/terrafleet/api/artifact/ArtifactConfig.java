package io.terrafleet.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where large things are kept. What is small lies in the database in any case. */
@ConfigMapping(prefix = "terrafleet.artifact")
public interface ArtifactConfig {
    /** The directory of the encrypted files; made when absent. Replicas of this service must share it, unless all files are in a bucket. */
    Path directory();

    /** Bytes that an artifact may have when nothing narrower is said; 512 MiB. */
    @WithDefault("536870912")
    long mostBytes();

    /** Where new large artifacts go: {@code directory} or {@code s3}. What lies in the other place is read from there. */
    @WithDefault("directory")
    Place place();

    /** The bucket. */
    S3 s3();

    /** Where an artifact that is too large for its row goes. */
    enum Place {
        DIRECTORY,
        S3
    }

    /** A bucket of Amazon S3 or of anything that speaks like it. */
    interface S3 {
        /** Name of the bucket, which must exist; keep it set as long as anything lies in it. */
        Optional<String> bucket();

        /** What the keys of all objects begin with, a slash follows; installations that share a bucket need different ones. */
        @WithDefault("terrafleet/artifacts")
        String prefix();

        /** Region of the bucket; stores that have none take any. */
        @WithDefault("us-east-1")
        String region();

        /** Base URL of a store other than Amazon's, for example {@code https://minio.example.com:9000}. */
        Optional<URI> endpoint();

        /** Whether the bucket stands in the path and not in the host name, as most stores other than Amazon's want it. */
        @WithDefault("false")
        boolean pathStyle();

        /** Access key; without one, the ways of the AWS SDK: environment, service account, machine. */
        Optional<String> accessKey();

        /** Secret. The secret key that belongs to the access key. */
        Optional<String> secretKey();

        /** Until a connection stands. */
        @WithDefault("PT5S")
        Duration connectWithin();

        /** The longest silence of the store in the middle of an answer. */
        @WithDefault("PT30S")
        Duration quietFor();

        /** For one object up or down, all attempts together; at most 30 minutes. */
        @WithDefault("PT10M")
        Duration within();

        /** From one attempt to remove what nothing refers to any more to the next. */
        @WithDefault("PT1M")
        Duration sweepEvery();
    }
}
