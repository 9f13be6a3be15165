package io.terrafleet.api.configuration;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One upload of a workspace's configuration, or the promise of one.
 *
 * @param id {@code cv-} and 16 letters or digits
 * @param status the word of the TFE API: pending, uploaded, errored, archived,
 *     backing_data_soft_deleted or backing_data_permanently_deleted
 * @param speculative good for plan-only runs
 * @param provisional good for one saved plan; never the workspace's latest
 * @param autoQueueRuns whether a run starts as soon as it is uploaded
 * @param archive the tar.gz; present while the status is uploaded
 * @param source {@code tfe-api}, or {@code terraform+cloud} for the command line
 * @param ingress what is known of the commit that it is; empty for an upload
 * @param errorMessage why the archive was refused; present while the status is errored
 */
public record ConfigurationVersion(
        String id,
        WorkspaceId workspace,
        String status,
        boolean speculative,
        boolean provisional,
        boolean autoQueueRuns,
        Optional<ArtifactRef> archive,
        String createdById,
        String createdByName,
        Instant createdAt,
        String source,
        Optional<String> errorMessage,
        Optional<Instant> uploadedAt,
        Optional<Instant> erroredAt,
        Optional<Instant> archivedAt,
        Optional<Ingress> ingress) {
    /** The id of its {@code ingress-attributes}, for one that is a commit. */
    public Optional<String> ingressId() {
        return ingress.map(known -> "ia" + id.substring("cv".length()));
    }
}
