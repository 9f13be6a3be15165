package io.terrafleet.api.artifact;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The bucket together with what the database knows of it. An object is entered as an orphan before it is put, and the transaction that
 * makes its artifact takes that entry away; so a row never names what is not there, whoever dies when.
 */
@ApplicationScoped
class Depot {
    private static final Logger LOG = Logger.getLogger(Depot.class);
    /** After the longest upload and the longest transaction. */
    private static final Duration UPLOAD = Duration.ofHours(2);
    /** Of one sweep; the next goes on. */
    private static final int AT_ONCE = 200;

    private final ArtifactConfig.Place place;
    private final Optional<Bucket> bucket;
    private final OrphanStore orphans;
    private final InstantSource clock;

    Depot(ArtifactConfig config, OrphanStore orphans, @Identifier("api") InstantSource clock) {
        this.place = config.place();
        this.bucket = place == ArtifactConfig.Place.S3 || config.s3().bucket().isPresent()
                ? Optional.of(new Bucket(config.s3()))
                : Optional.empty();
        this.orphans = orphans;
        this.clock = clock;
    }

    /** Wrong settings are told at the start and not by the first upload. */
    void begin(@Observes StartupEvent started) {
        bucket.ifPresent(known -> LOG.infof("large artifacts: %s, bucket %s", place, known.name()));
    }

    /** Whether new ones belong here. */
    boolean isChosen() {
        return place == ArtifactConfig.Place.S3;
    }

    /** Nothing, when no bucket is set. */
    Optional<Bucket> bucket() {
        return bucket;
    }

    /** Puts it, as an orphan still: {@link #claim} makes it somebody's. */
    void put(Vault.Sealed sealed) {
        QuarkusTransaction.requiringNew()
                .run(() -> orphans.add(sealed.sha256(), clock.instant().plus(UPLOAD)));
        known().put(sealed);
    }

    /** In the transaction that makes the artifact's row. */
    void claim(String object) {
        if (!orphans.remove(object)) {
            throw Problem.of(
                    503, "service unavailable", "The upload took too long and was given up. Try again in a moment.");
        }
    }

    /** In the transaction that deletes the artifact's row. */
    void abandon(String object) {
        orphans.add(object, clock.instant());
    }

    InputStream open(String object) throws IOException {
        return known().open(object);
    }

    String placeOf(String object) {
        return bucket.map(known -> known.place(object)).orElse("object " + object);
    }

    private Bucket known() {
        return bucket.orElseThrow(() -> new IllegalStateException(
                "There are artifacts in a bucket, and terrafleet.artifact.s3.bucket does not say in which."));
    }

    @Scheduled(
            identity = "artifact-orphans",
            every = "${terrafleet.artifact.s3.sweep-every:PT1M}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        if (bucket.isEmpty()) {
            return;
        }
        int removed = 0;
        try {
            while (removed < AT_ONCE && QuarkusTransaction.requiringNew().call(() -> removeOne(bucket.get()))) {
                removed++;
            }
        } catch (Problem e) {
            LOG.debugf(e, "the store does not answer; what is due is removed later");
        }
        if (removed > 0) {
            LOG.infof("objects that nothing refers to were removed count=%d", removed);
        }
    }

    /** The entry is held meanwhile: an upload that is so late can no longer claim it. */
    private boolean removeOne(Bucket known) {
        Optional<String> due = orphans.hold(clock.instant());
        due.ifPresent(object -> {
            known.delete(object);
            orphans.remove(object);
        });
        return due.isPresent();
    }

    @PreDestroy
    void close() {
        bucket.ifPresent(Bucket::close);
    }
}
