package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A workspace's state at one moment.
 *
 * @param id {@code sv-} and 16 letters or digits
 * @param status a word of the TFE API: pending (waits for its upload), finalized, discarded (the upload never came),
 *     backing_data_soft_deleted or backing_data_permanently_deleted
 * @param md5 of the raw state, hexadecimal; what the uploader promised while it is pending
 * @param content the raw state; present once finalized
 * @param hasJson whether the form that {@code terraform show -json} writes was uploaded too
 * @param managedResources instances of managed resources
 * @param summary modules, providers and resources, as the API shows them; null node while pending
 * @param createdById of a user or an organization; absent for a run's
 */
public record StateVersion(
        String id,
        WorkspaceId workspace,
        String status,
        long serial,
        String lineage,
        String md5,
        Optional<RunId> run,
        Optional<String> rollbackOf,
        Optional<ArtifactRef> content,
        boolean hasJson,
        String terraformVersion,
        int format,
        int managedResources,
        JsonNode summary,
        Optional<String> createdById,
        Instant createdAt) {}
