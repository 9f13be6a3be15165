package io.terrafleet.api.planexport;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The door to exports of plans: promised, made after the promise, there for an hour. One at a time to a plan. */
@ApplicationScoped
public class PlanExports {
    public static final String DATA_TYPE = "sentinel-mock-bundle-v0";
    /** As the TFE API documents it. */
    static final Duration KEPT = Duration.ofMinutes(60);

    private static final Logger LOG = Logger.getLogger(PlanExports.class);

    private final PlanExportStore store;
    private final PlanExportBundle bundle;
    private final Artifacts artifacts;
    private final Runs runs;
    private final Event<Promised> promises;
    private final InstantSource clock;
    private final RandomGenerator random;

    PlanExports(
            PlanExportStore store,
            PlanExportBundle bundle,
            Artifacts artifacts,
            Runs runs,
            Event<Promised> promises,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.bundle = bundle;
        this.artifacts = artifacts;
        this.runs = runs;
        this.promises = promises;
        this.clock = clock;
        this.random = random;
    }

    /** An export waits to be made. */
    record Promised(String id) {}

    @Transactional
    public Optional<PlanExport> find(String id) {
        return store.find(id).map(this::view);
    }

    /** Newest first. */
    @Transactional
    public List<PlanExport> of(RunId run) {
        return store.of(run.value()).stream().map(this::view).toList();
    }

    /** Whether there is a plan to export. */
    public static boolean exportable(Run run) {
        return RunView.plan(run.state()).isPresent();
    }

    @Transactional
    PlanExport create(Run run, String dataType) {
        if (!dataType.equals(DATA_TYPE)) {
            throw Problem.invalid("data-type", "Data type must be \"" + DATA_TYPE + "\"");
        }
        if (!exportable(run)) {
            throw Problem.invalidRelationship("plan", "Plan is not exportable: it has not finished successfully");
        }
        boolean there = store.of(run.id().value()).stream()
                .anyMatch(row ->
                        row.status.equals("pending") || (row.status.equals("finished") && !over(row, clock.instant())));
        if (there) {
            throw Problem.invalidRelationship(
                    "plan", "Plan has already been exported; delete that export, or wait until it expires");
        }
        PlanExportEntity row = new PlanExportEntity();
        row.id = Ids.make("pe", random);
        row.organizationId = run.organizationId();
        row.runId = run.id().value();
        row.dataType = dataType;
        row.status = "pending";
        row.createdAt = clock.instant();
        store.add(row);
        promises.fire(new Promised(row.id));
        return view(row);
    }

    /** @throws Problem 410 when it has expired, 404 while it is not there */
    @Transactional
    InputStream open(String id) {
        PlanExportEntity row = store.find(id).orElseThrow(Problem::notFound);
        if (view(row).status().equals("expired")) {
            throw Problem.gone("The plan export has expired; create a new one.");
        }
        if (row.artifactId == null) {
            throw Problem.notFound();
        }
        return artifacts.open(row.artifactId);
    }

    @Transactional
    void delete(String id) {
        PlanExportEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        store.remove(row);
        Optional.ofNullable(row.artifactId).ifPresent(artifacts::delete);
    }

    void promised(@Observes(during = TransactionPhase.AFTER_SUCCESS) Promised event) {
        Thread.ofVirtual().name("plan-export-" + event.id()).start(() -> make(event.id()));
    }

    /** What a restart left, and what is over. */
    @Scheduled(identity = "plan-exports", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        pending().forEach(this::make);
        finished().forEach(this::expire);
    }

    @Transactional
    List<String> pending() {
        return store.pending();
    }

    @Transactional
    List<String> finished() {
        return store.finishedBefore(clock.instant().minus(KEPT));
    }

    @Transactional
    void make(String id) {
        store.forUpdate(id).filter(row -> row.status.equals("pending")).ifPresent(row -> {
            Run run = runs.find(new RunId(row.runId)).orElseThrow();
            try {
                row.artifactId = artifacts.store(bundle.of(run)).id();
                row.status = "finished";
                row.finishedAt = clock.instant();
            } catch (java.io.UncheckedIOException e) {
                LOG.warnf(e, "plan export %s of %s cannot be made", id, run.id());
                row.status = "errored";
                row.error = "The plan's files cannot be read any more.";
            }
        });
    }

    @Transactional
    void expire(String id) {
        store.forUpdate(id).filter(row -> row.status.equals("finished")).ifPresent(row -> {
            row.status = "expired";
            Optional<String> artifact = Optional.ofNullable(row.artifactId);
            row.artifactId = null;
            artifact.ifPresent(artifacts::delete);
        });
    }

    private static boolean over(PlanExportEntity row, Instant now) {
        return row.finishedAt != null && row.finishedAt.plus(KEPT).isBefore(now);
    }

    /** It is over when its time is over, whether the sweep has come by or not. */
    private PlanExport view(PlanExportEntity row) {
        boolean over = over(row, clock.instant());
        return new PlanExport(
                row.id,
                new RunId(row.runId),
                row.dataType,
                over ? "expired" : row.status,
                Optional.ofNullable(row.error),
                row.createdAt,
                Optional.ofNullable(row.finishedAt),
                over ? Optional.ofNullable(row.finishedAt).map(at -> at.plus(KEPT)) : Optional.empty());
    }
}
