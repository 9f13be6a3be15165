package io.terrafleet.api.run;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.runner.PhaseResult;
import java.util.Optional;

/**
 * What a finished plan left behind.
 *
 * @param plan the file that terraform applies; its hash is checked before an apply
 * @param json the document that is judged; its hash names the plan in every decision
 * @param redacted the document that people may see
 * @param workdir files that the plan made, for the apply
 */
public record PlanOutcome(
        ArtifactRef plan,
        ArtifactRef json,
        ArtifactRef redacted,
        Optional<ArtifactRef> workdir,
        boolean hasChanges,
        PhaseResult.Counts counts) {}
