package io.terrafleet.api.trial;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policy_trial")
@SuppressWarnings("NullAway.Init")
class TrialEntity {
    static final String WAITING = "waiting";
    static final String ASKED = "asked";
    static final String DONE = "done";
    static final String FAILED = "failed";

    @Id
    String id;

    @Column(name = "change_id")
    String changeId;

    @Column(name = "repository_id")
    String repositoryId;

    @Column(name = "pull_number")
    long pullNumber;

    @Column(name = "commit_sha")
    String commit;

    @Column(name = "policy_set_id")
    String policySetId;

    String state;
    String note = "";

    /** The proposed policies, for as long as they are judged by. */
    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    int tries;

    /** When it is tried again, or answers are waited for no longer. */
    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "created_at")
    Instant createdAt;
}
