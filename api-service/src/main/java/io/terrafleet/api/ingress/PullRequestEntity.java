package io.terrafleet.api.ingress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A pull request that we have heard of, and the one comment that is written on it. */
@Entity
@DynamicUpdate // others write other columns of the row
@Table(name = "pull_request")
@IdClass(PullRequestEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class PullRequestEntity {
    @Id
    @Column(name = "repository_id")
    String repositoryId;

    @Id
    long number;

    String head;
    boolean open;
    String title;
    String url;

    @Column(name = "comment_id")
    @Nullable
    String commentId;

    @Column(name = "comment_sha256")
    @Nullable
    String commentSha256;

    @Column(name = "comment_due_at")
    @Nullable
    Instant commentDueAt;

    @Column(name = "comment_taken_until")
    @Nullable
    Instant commentTakenUntil;

    @Column(name = "comment_tries")
    int commentTries;

    @Column(name = "comment_error")
    @Nullable
    String commentError;

    record Key(String repositoryId, long number) implements Serializable {}
}
