package io.terrafleet.api.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "run_comment")
@SuppressWarnings("NullAway.Init")
class RunCommentEntity {
    @Id
    String id;

    @Column(name = "run_id")
    String runId;

    @Column(name = "author_id")
    String authorId;

    @Column(name = "author_name")
    String authorName;

    String body;

    @Column(name = "run_event_id")
    @Nullable
    String runEventId;

    @Column(name = "created_at")
    Instant createdAt;
}
