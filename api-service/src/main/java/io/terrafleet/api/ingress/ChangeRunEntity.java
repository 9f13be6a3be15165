package io.terrafleet.api.ingress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A workspace that a change was looked at for, and the run that came of it. */
@Entity
@Table(name = "repository_change_run")
@IdClass(ChangeRunEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class ChangeRunEntity {
    @Id
    @Column(name = "change_id")
    String changeId;

    @Id
    @Column(name = "workspace_id")
    String workspaceId;

    /** None where the change touches nothing of the workspace. */
    @Column(name = "run_id")
    @Nullable
    String runId;

    /** Why there is none although it touches it. */
    String note = "";

    record Key(String changeId, String workspaceId) implements Serializable {}
}
