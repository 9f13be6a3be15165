package io.terrafleet.contracts.runner;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** How the phase ended, the runner's last word. Reporting the same result again changes nothing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PhaseResult.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = PhaseResult.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = PhaseResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PhaseResult.Interrupted.class, name = "interrupted")
})
public sealed interface PhaseResult {
    /**
     * @param hasChanges whether there is anything to apply, outputs included
     * @param enclosed those of the plan's files that were not uploaded before, for they are small
     */
    record Planned(
            boolean hasChanges, Counts counts, String planSha256, String planJsonSha256, Optional<Enclosed> enclosed)
            implements PhaseResult {}

    record Applied(Counts counts) implements PhaseResult {}

    /**
     * terraform, or the runner, could not do it.
     *
     * @param message a sentence for people; no secrets
     * @param exitCode of terraform, when it was started
     * @param stateShipped whether all state that exists has reached the api
     */
    record Failed(String message, Optional<Integer> exitCode, boolean stateShipped) implements PhaseResult {}

    /**
     * It was told to stop and did.
     *
     * @param killed whether the interrupt was not enough
     */
    record Interrupted(boolean killed, boolean stateShipped) implements PhaseResult {}

    /** Resources, as {@code terraform plan} counts them. */
    record Counts(int additions, int changes, int destructions, int imports) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);
    }
}
