package io.terrafleet.api.hook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a repository's host knows where to tell what happens in it. */
@Entity
@Table(name = "repository_hook")
@SuppressWarnings("NullAway.Init")
class RepositoryHookEntity {
    static final String WANTED = "wanted";
    static final String MADE = "made";
    static final String BY_HAND = "by-hand";
    static final String FAILED = "failed";

    @Id
    @Column(name = "repository_id")
    String repositoryId;

    /** What the host calls it. */
    @Column(name = "host_id")
    @Nullable
    String hostId;

    String state;
    String note = "";
    int tries;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
