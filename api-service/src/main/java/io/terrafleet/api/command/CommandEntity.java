package io.terrafleet.api.command;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One comment that commands. */
@Entity(name = "CommentCommandEntity")
@Table(name = "comment_command")
@SuppressWarnings("NullAway.Init")
class CommandEntity {
    static final String WAITING = "waiting";
    static final String ANSWERING = "answering";
    static final String DONE = "done";
    static final String FAILED = "failed";

    @Id
    String id;

    @Column(name = "repository_id")
    String repositoryId;

    @Column(name = "pull_number")
    long pullNumber;

    @Column(name = "comment_id")
    String commentId;

    @Column(name = "account_id")
    String accountId;

    String login;
    String verb;
    String argument = "";
    String state;
    String answer = "";
    int tries;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "created_at")
    Instant createdAt;
}
