package io.terrafleet.api.peak;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The door to what phases needed. Of each workspace and phase the last few are kept: the most of them is what the next may need. */
@ApplicationScoped
public class Peaks {
    /** Runs that are remembered: so many after a large one, a workspace that has become small asks for little again. */
    private static final int REMEMBERED = 10;

    /** Bytes; a runner that says more than any node has is not believed. */
    private static final long MOST = 4L << 40;

    private final PeakStore store;
    private final InstantSource clock;

    Peaks(PeakStore store, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param bytes as the runner says; told again, nothing changes */
    @Transactional
    public void note(WorkspaceId workspace, JobId job, long bytes) {
        if (bytes <= 0 || bytes > MOST || store.findByIdOptional(job.toString()).isPresent()) {
            return;
        }
        PeakEntity row = new PeakEntity();
        row.jobId = job.toString();
        row.workspaceId = workspace.value();
        row.phase = job.phase().word();
        row.peakBytes = bytes;
        row.notedAt = clock.instant();
        store.persist(row);
        List<String> kept = store.latest(row.workspaceId, row.phase, REMEMBERED).stream()
                .map(known -> known.jobId)
                .toList();
        if (kept.size() == REMEMBERED) {
            store.deleteOthers(row.workspaceId, row.phase, kept);
        }
    }

    /** Bytes: the most that the last runs of this phase needed; empty when none has said. */
    @Transactional
    public Optional<Long> expected(WorkspaceId workspace, Phase phase) {
        return store.latest(workspace.value(), phase.word(), REMEMBERED).stream()
                .map(row -> row.peakBytes)
                .reduce(Math::max);
    }
}
