package io.terrafleet.api.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a run stands. A state carries only what is true there. Every state knows since when. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunState.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = RunState.PrePlanTasks.class, name = "pre-plan-tasks"),
    @JsonSubTypes.Type(value = RunState.PlanQueued.class, name = "plan-queued"),
    @JsonSubTypes.Type(value = RunState.Planning.class, name = "planning"),
    @JsonSubTypes.Type(value = RunState.Assessing.class, name = "assessing"),
    @JsonSubTypes.Type(value = RunState.AwaitingOverride.class, name = "awaiting-override"),
    @JsonSubTypes.Type(value = RunState.AwaitingConfirmation.class, name = "awaiting-confirmation"),
    @JsonSubTypes.Type(value = RunState.PreApplyTasks.class, name = "pre-apply-tasks"),
    @JsonSubTypes.Type(value = RunState.PlanSaved.class, name = "plan-saved"),
    @JsonSubTypes.Type(value = RunState.AwaitingTurn.class, name = "awaiting-turn"),
    @JsonSubTypes.Type(value = RunState.ApplyQueued.class, name = "apply-queued"),
    @JsonSubTypes.Type(value = RunState.Applying.class, name = "applying"),
    @JsonSubTypes.Type(value = RunState.PostApplyTasks.class, name = "post-apply-tasks"),
    @JsonSubTypes.Type(value = RunState.Stopping.class, name = "stopping"),
    @JsonSubTypes.Type(value = RunState.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = RunState.PlannedAndFinished.class, name = "planned-and-finished"),
    @JsonSubTypes.Type(value = RunState.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = RunState.Discarded.class, name = "discarded"),
    @JsonSubTypes.Type(value = RunState.Canceled.class, name = "canceled"),
    @JsonSubTypes.Type(value = RunState.Errored.class, name = "errored")
})
public sealed interface RunState {
    Instant since();

    /** Nothing moves it any more. */
    @JsonIgnore
    default boolean isFinished() {
        return this instanceof Finished;
    }

    /** A state that a run never leaves. */
    sealed interface Finished extends RunState {}

    /** In its workspace's queue. */
    record Pending(Instant since) implements RunState {}

    /** Its turn has come; run tasks are asked before it may plan. */
    record PrePlanTasks(Instant since) implements RunState {}

    /** Its turn has come and a worker was asked for a runner. */
    record PlanQueued(JobId job, Instant since) implements RunState {}

    record Planning(JobId job, Instant since) implements RunState {}

    /**
     * The plan lies ready; cost-service, policy-service and the run tasks of this stage judge it, in any order.
     *
     * @param tasks empty until they are all in, and for a run that meets none here
     */
    record Assessing(
            PlanOutcome plan,
            Optional<Judgement> cost,
            Optional<Judgement> policy,
            Optional<Judgement> tasks,
            Instant since)
            implements RunState {}

    /** Judged, and blocked in a way that somebody who may can override. */
    record AwaitingOverride(PlanOutcome plan, Assessment assessment, Instant since) implements RunState {}

    /** Judged and free to be applied, when somebody says so. */
    record AwaitingConfirmation(PlanOutcome plan, Assessment assessment, Instant since) implements RunState {}

    /**
     * Confirmed; run tasks are asked before it may apply.
     *
     * @param confirmedBy a person, or {@code auto-apply}
     */
    record PreApplyTasks(PlanOutcome plan, Assessment assessment, String confirmedBy, Instant since)
            implements RunState {}

    /** Judged and kept for later, as {@code terraform plan -out} asks; the workspace is free meanwhile. */
    record PlanSaved(PlanOutcome plan, Assessment assessment, Instant since) implements RunState {}

    /** A saved plan that somebody confirmed; it waits for the workspace. */
    record AwaitingTurn(PlanOutcome plan, Assessment assessment, String confirmedBy, Instant since)
            implements RunState {}

    /** @param confirmedBy a person, or {@code auto-apply} */
    record ApplyQueued(PlanOutcome plan, Assessment assessment, JobId job, String confirmedBy, Instant since)
            implements RunState {}

    record Applying(PlanOutcome plan, Assessment assessment, JobId job, Instant since) implements RunState {}

    /** Applied; run tasks are told and heard, and whatever they say, the run is applied. */
    record PostApplyTasks(PlanOutcome plan, PhaseResult.Counts counts, Instant since) implements RunState {}

    /**
     * A runner was told to stop and has not reported yet.
     *
     * @param forced whether it is to be killed now
     * @param forceFrom when people may ask for that
     */
    record Stopping(JobId job, Optional<PlanOutcome> plan, String by, boolean forced, Instant forceFrom, Instant since)
            implements RunState {}

    record Applied(PlanOutcome plan, PhaseResult.Counts counts, Instant since) implements Finished {}

    /** A plan that was never to be applied, or had nothing to change. */
    record PlannedAndFinished(PlanOutcome plan, Assessment assessment, Instant since) implements Finished {}

    /** @param overridable true for a plan-only run that failed what an override could have passed */
    record Rejected(PlanOutcome plan, List<String> reasons, boolean overridable, Instant since) implements Finished {}

    record Discarded(Optional<PlanOutcome> plan, String by, Instant since) implements Finished {}

    record Canceled(Optional<PlanOutcome> plan, String by, boolean forced, Instant since) implements Finished {}

    /** @param message a sentence for people: what went wrong and what to do */
    record Errored(Optional<PlanOutcome> plan, String message, Instant since) implements Finished {}

    /** One judge's word on the plan. */
    record Judgement(Verdict verdict, List<String> reasons) {}

    /**
     * All judges' words together.
     *
     * @param verdict the strictest
     * @param reasons of all
     * @param overriddenBy who set a block aside
     */
    record Assessment(Verdict verdict, List<String> reasons, Optional<String> overriddenBy) {
        boolean open() {
            return verdict == Verdict.APPROVE || (verdict == Verdict.BLOCK_OVERRIDABLE && overriddenBy.isPresent());
        }
    }
}
