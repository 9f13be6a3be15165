package io.terrafleet.api.trial;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A plan that a trial asks of. */
@Entity
@Table(name = "policy_trial_plan")
@IdClass(TrialPlanEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class TrialPlanEntity {
    @Id
    @Column(name = "trial_id")
    String trialId;

    @Id
    @Column(name = "run_id")
    String runId;

    /** What the set said of it then, in a word. */
    String before;

    /** Until it is judged there is none. */
    @Nullable
    String verdict;

    /** Names of policies, with lines between them. */
    String failed = "";

    @Nullable
    String error;

    record Key(String trialId, String runId) implements Serializable {}
}
