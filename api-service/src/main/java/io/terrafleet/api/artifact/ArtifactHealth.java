package io.terrafleet.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Ready when the bucket of large artifacts can be seen, where there is one. The store is asked at most every few seconds. */
@Readiness
@ApplicationScoped
public class ArtifactHealth implements HealthCheck {
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(5);

    private final Depot depot;
    private long askedAt;
    private @Nullable HealthCheckResponse last;

    ArtifactHealth(Depot depot) {
        this.depot = depot;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        if (last == null || System.nanoTime() - askedAt > GOOD_FOR) {
            last = ask();
            askedAt = System.nanoTime();
        }
        return last;
    }

    private HealthCheckResponse ask() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("artifacts");
        if (depot.bucket().isEmpty()) {
            return answer.withData("place", "directory").up().build();
        }
        Bucket bucket = depot.bucket().get();
        answer.withData("place", depot.isChosen() ? "s3" : "directory").withData("bucket", bucket.name());
        try {
            bucket.look();
            return answer.up().build();
        } catch (SdkException e) {
            return answer.withData("problem", e.getClass().getSimpleName())
                    .down()
                    .build();
        }
    }
}
