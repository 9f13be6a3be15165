package io.terrafleet.api.pricelist;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.CostReport.PriceListProgressed;
import io.terrafleet.contracts.event.CostReport.PriceListRefused;
import io.terrafleet.contracts.event.CostReport.PriceListTaken;
import io.terrafleet.contracts.event.CostRequest.PriceListSwitched;
import io.terrafleet.contracts.event.CostRequest.PriceListUploaded;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The door to uploaded price lists. */
@ApplicationScoped
public class PriceLists {
    private static final String READING = "reading";
    private static final String USED = "used";
    private static final String UNUSED = "unused";
    private static final String REFUSED = "refused";
    private static final int LONGEST_NAME = 200;

    private final PriceListStore store;
    private final Artifacts artifacts;
    private final Messaging messaging;
    private final InstantSource clock;
    private final RandomGenerator random;

    PriceLists(
            PriceListStore store,
            Artifacts artifacts,
            @Identifier("api") Messaging messaging,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.artifacts = artifacts;
        this.messaging = messaging;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public List<PriceList> list(int offset, int limit) {
        return store.list(offset, limit).stream().map(PriceLists::view).toList();
    }

    @Transactional
    public long count() {
        return store.count();
    }

    @Transactional
    public Optional<PriceList> find(String id) {
        return store.find(id).map(PriceLists::view);
    }

    /**
     * Keeps the upload, outside a transaction because it may come slowly, and asks for it to be read.
     *
     * @param fileName for people
     * @param by a user's name
     */
    public PriceList upload(String fileName, InputStream content, String by) {
        if (fileName.isBlank()
                || fileName.length() > LONGEST_NAME
                || fileName.chars().anyMatch(Character::isISOControl)) {
            throw Problem.malformed("name must have 1 to " + LONGEST_NAME + " characters and no control character");
        }
        ArtifactRef artifact = artifacts.store(content, Long.MAX_VALUE);
        if (artifact.size() == 0) {
            artifacts.delete(artifact.id());
            throw Problem.malformed("The body must be a price list; it is empty.");
        }
        return QuarkusTransaction.joiningExisting().call(() -> enter(fileName, artifact, by));
    }

    private PriceList enter(String fileName, ArtifactRef artifact, String by) {
        PriceListEntity row = new PriceListEntity();
        row.id = Ids.make("plist", random);
        row.fileName = fileName;
        row.artifactId = artifact.id();
        row.size = artifact.size();
        row.status = READING;
        row.uploadedBy = by;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        messaging.outbox().add(new PriceListUploaded(row.id, artifact, row.createdAt));
        return view(row);
    }

    /** Uses the list, or no longer; then the newest older version of it that is in use counts. */
    @Transactional
    public PriceList use(String id, boolean used) {
        PriceListEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        if (row.status.equals(READING) || row.status.equals(REFUSED)) {
            throw Problem.conflict(
                    row.status.equals(READING)
                            ? "The list is still being read."
                            : "Nothing of the list was taken; it cannot be used.");
        }
        String wanted = used ? USED : UNUSED;
        if (!row.status.equals(wanted)) {
            row.status = wanted;
            row.updatedAt = clock.instant();
            messaging.outbox().add(new PriceListSwitched(id, used, row.updatedAt));
        }
        return view(row);
    }

    /** What is late or repeated changes nothing. */
    @Transactional
    public void progressed(PriceListProgressed progress) {
        reading(progress.list()).filter(row -> progress.bytes() > row.bytesRead).ifPresent(row -> {
            row.bytesRead = progress.bytes();
            row.updatedAt = clock.instant();
        });
    }

    @Transactional
    public void taken(PriceListTaken taken) {
        reading(taken.list()).ifPresent(row -> {
            row.status = USED;
            row.name = taken.name();
            row.version = taken.version();
            row.published = taken.published();
            row.regions = taken.regions().toArray(String[]::new);
            row.currencies = taken.currencies().toArray(String[]::new);
            row.prices = taken.prices();
            row.products = taken.products();
            over(row);
        });
    }

    @Transactional
    public void refused(PriceListRefused refused) {
        reading(refused.list()).ifPresent(row -> {
            row.status = REFUSED;
            row.reason = refused.reason();
            over(row);
        });
    }

    /** The upload itself is needed no longer. */
    private void over(PriceListEntity row) {
        row.updatedAt = clock.instant();
        @Nullable String artifact = row.artifactId;
        row.artifactId = null;
        store.flush();
        if (artifact != null) {
            artifacts.delete(artifact);
        }
    }

    private Optional<PriceListEntity> reading(String id) {
        return store.forUpdate(id).filter(row -> row.status.equals(READING));
    }

    private static PriceList view(PriceListEntity row) {
        return new PriceList(
                row.id,
                row.fileName,
                row.size,
                row.status,
                row.bytesRead,
                Optional.ofNullable(row.reason),
                Optional.ofNullable(row.name).map(name -> contents(row, name)),
                row.uploadedBy,
                row.createdAt,
                row.updatedAt);
    }

    private static PriceList.Contents contents(PriceListEntity row, String name) {
        return new PriceList.Contents(
                name,
                Objects.requireNonNull(row.version),
                Objects.requireNonNull(row.published),
                List.of(Objects.requireNonNull(row.regions)),
                List.of(Objects.requireNonNull(row.currencies)),
                Objects.requireNonNull(row.prices),
                Objects.requireNonNull(row.products));
    }
}
