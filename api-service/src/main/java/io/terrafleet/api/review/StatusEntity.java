package io.terrafleet.api.review;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** The newest word on a commit in one context, and how much of it has arrived. */
@Entity
@DynamicUpdate // others write other columns of the row
@Table(name = "commit_status")
@SuppressWarnings("NullAway.Init")
class StatusEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "repository_id")
    String repositoryId;

    @Column(name = "commit_sha")
    String commit;

    String context;

    @Column(name = "run_id")
    @Nullable
    String runId;

    String state;
    String description;
    String url;

    /** Grows with every new word. */
    int version = 1;

    @Column(name = "sent_version")
    int sentVersion;

    int tries;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Nullable
    String error;

    @Column(name = "updated_at")
    Instant updatedAt;
}
