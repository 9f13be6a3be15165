package io.terrafleet.api.ingress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@DynamicUpdate // others write other columns of the row
@Table(name = "repository_change")
@SuppressWarnings("NullAway.Init")
class ChangeEntity {
    static final String WAITING = "waiting";
    static final String HELD = "held";
    static final String DONE = "done";
    static final String SUPERSEDED = "superseded";
    static final String FAILED = "failed";

    @Id
    String id;

    /** The order in which they came. */
    @Generated
    @Column(insertable = false, updatable = false)
    long number;

    @Column(name = "repository_id")
    String repositoryId;

    String kind;
    String name;

    @Column(name = "commit_sha")
    String commit;

    @Column(name = "before_sha")
    @Nullable
    String before;

    @JdbcTypeCode(SqlTypes.JSON)
    String details;

    String state;
    String note = "";
    String origin;
    int tries;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "approved_by")
    @Nullable
    String approvedBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "done_at")
    @Nullable
    Instant doneAt;

    boolean unfinished() {
        return state.equals(WAITING) || state.equals(HELD);
    }
}
