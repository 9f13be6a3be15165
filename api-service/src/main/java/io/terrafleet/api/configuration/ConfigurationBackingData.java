package io.terrafleet.api.configuration;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gives up the archives of old configurations: first so that they can be restored, after a while for ever. The latest keeps its own. */
@ApplicationScoped
public class ConfigurationBackingData {
    private static final String KEPT = "uploaded";
    private static final String SOFTLY = "backing_data_soft_deleted";
    private static final String FOR_EVER = "backing_data_permanently_deleted";

    private final ConfigurationStore store;
    private final ConfigurationConfig config;
    private final Artifacts artifacts;
    private final Event<ConfigurationArchiving> archivings;
    private final Event<ConfigurationGone> gone;
    private final InstantSource clock;

    ConfigurationBackingData(
            ConfigurationStore store,
            ConfigurationConfig config,
            Artifacts artifacts,
            Event<ConfigurationArchiving> archivings,
            Event<ConfigurationGone> gone,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.config = config;
        this.artifacts = artifacts;
        this.archivings = archivings;
        this.gone = gone;
        this.clock = clock;
    }

    /** From then on no run can use it; {@link #restore} brings it back. */
    @Transactional
    public ConfigurationVersion softDelete(String id) {
        ConfigurationEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        require(row, KEPT, "softly deleted");
        if (store.latestUploaded(row.workspaceId)
                .filter(latest -> latest.id.equals(id))
                .isPresent()) {
            throw refused("The configuration version is current: its archive cannot be deleted.");
        }
        archivings.fire(new ConfigurationArchiving(Configurations.view(row)));
        row.status = SOFTLY;
        row.softDeletedAt = clock.instant();
        store.flush();
        return Configurations.view(row);
    }

    @Transactional
    public ConfigurationVersion restore(String id) {
        ConfigurationEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        require(row, SOFTLY, "restored");
        row.status = KEPT;
        row.softDeletedAt = null;
        store.flush();
        return Configurations.view(row);
    }

    /** Only after a soft delete. */
    @Transactional
    public ConfigurationVersion deleteForEver(String id) {
        ConfigurationEntity row = store.forUpdate(id).orElseThrow(Problem::notFound);
        require(row, SOFTLY, "permanently deleted");
        Optional<String> archive = Optional.ofNullable(row.artifactId);
        archive.ifPresent(artifacts::hold);
        row.status = FOR_EVER;
        row.artifactId = null;
        store.flush();
        archive.filter(artifact -> !store.uses(artifact)).ifPresent(artifacts::delete);
        gone.fire(new ConfigurationGone(id));
        return Configurations.view(row);
    }

    @Transactional
    List<String> overdue() {
        return store.softDeletedBefore(clock.instant().minus(config.softDeletedFor()));
    }

    @Scheduled(
            identity = "configuration-backing-data",
            every = "1h",
            delayed = "7m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        overdue().forEach(this::deleteForEver);
    }

    private static void require(ConfigurationEntity row, String status, String what) {
        if (!row.status.equals(status)) {
            throw refused("A configuration version that is " + row.status + " cannot be " + what + ".");
        }
    }

    private static Problem refused(String why) {
        return Problem.of(409, "transition not allowed", why);
    }
}
