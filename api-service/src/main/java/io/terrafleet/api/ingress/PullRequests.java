package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to the pull requests that we have heard of: their plans that have become pointless, and the comment that is written on each. */
@ApplicationScoped
public class PullRequests {
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    static final int MOST_TRIES = 40;

    private final IngressStore store;
    private final Runs runs;
    private final InstantSource clock;

    PullRequests(IngressStore store, Runs runs, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * A comment that is this caller's to write.
     *
     * @param comment the id of the one that is there
     * @param sha256 of the text that stands there
     * @param due since when it was
     */
    public record Comment(
            String repositoryId, long number, Optional<String> comment, Optional<String> sha256, Instant due) {}

    /** One whose comment is due. */
    public record Due(String repositoryId, long number) {}

    /** It was merged or given up: nothing of it is worth planning any more. */
    @Transactional
    String close(String repositoryId, long number) {
        store.pullRequestForUpdate(repositoryId, number).ifPresent(row -> row.open = false);
        int cancelled = outdate(repositoryId, number, "", "the pull request was closed");
        return "the pull request " + number + " is closed; " + cancelled + " plans were cancelled";
    }

    /** A draft is at no commit that is worth a plan. */
    @Transactional
    void seen(String repositoryId, PullRequest pull) {
        PullRequestEntity row = store.pullRequestForUpdate(repositoryId, pull.number())
                .orElseGet(() -> {
                    PullRequestEntity fresh = new PullRequestEntity();
                    fresh.repositoryId = repositoryId;
                    fresh.number = pull.number();
                    return fresh;
                });
        boolean fresh = row.head == null;
        row.head = pull.draft() ? "" : pull.head();
        row.open = pull.open();
        row.title = pull.title();
        row.url = pull.url();
        if (fresh) {
            store.add(row);
        }
    }

    /**
     * Ends what waits, and the plans that are under way, of other commits of the pull request.
     *
     * @param head empty for all
     * @return how many plans
     */
    @Transactional
    int outdate(String repositoryId, long number, String head, String why) {
        int cancelled = 0;
        for (ChangeEntity change : store.named(repositoryId, Change.Kind.PULL.word(), Long.toString(number))) {
            if (change.commit.equals(head) || (change.commit.isEmpty() && !head.isEmpty())) {
                continue;
            }
            if (change.unfinished() || head.isEmpty()) {
                change.state = ChangeEntity.SUPERSEDED;
                change.note = why;
                change.doneAt = clock.instant();
            }
            for (ChangeRunEntity each : store.runs(change.id)) {
                cancelled += cancel(each.runId, why) ? 1 : 0;
            }
        }
        return cancelled;
    }

    private boolean cancel(@Nullable String runId, String why) {
        boolean cancelable = runId != null
                && runs.find(new RunId(runId))
                        .filter(run -> !run.state().isFinished() && !(run.state() instanceof RunState.Stopping))
                        .isPresent();
        if (cancelable) {
            runs.wish(new RunId(Objects.requireNonNull(runId)), new RunInput.Cancel("terrafleet"), "canceled", why);
        }
        return cancelable;
    }

    /** Numbers and heads of those that are open as far as we know. */
    @Transactional
    List<Known> open(String repositoryId) {
        return store.openPullRequests(repositoryId).stream()
                .map(row -> new Known(row.number, row.head))
                .toList();
    }

    record Known(long number, String head) {}

    /** The newest commit that we know of one that is open; empty for a draft. */
    @Transactional
    public Optional<String> head(String repositoryId, long number) {
        return store.pullRequest(repositoryId, number)
                .filter(row -> row.open && !row.head.isEmpty())
                .map(row -> row.head);
    }

    /** What is said there is not true any more. */
    @Transactional
    public void commentDue(String repositoryId, long number) {
        store.pullRequest(repositoryId, number).ifPresent(row -> {
            row.commentDueAt = clock.instant();
            row.commentTries = 0;
        });
    }

    @Transactional
    public List<Due> commentsDue() {
        return store.commentsDue(clock.instant()).stream()
                .map(key -> new Due(key.repositoryId(), key.number()))
                .toList();
    }

    /** Nobody else writes it meanwhile; after a crash it is due again. */
    @Transactional
    public Optional<Comment> take(String repositoryId, long number, Duration patience) {
        Instant now = clock.instant();
        return store.pullRequestForUpdate(repositoryId, number)
                .filter(row -> row.commentTakenUntil == null || !row.commentTakenUntil.isAfter(now))
                .flatMap(row -> Optional.ofNullable(row.commentDueAt)
                        .filter(due -> !due.isAfter(now))
                        .map(due -> {
                            row.commentTakenUntil = now.plus(patience);
                            return new Comment(
                                    repositoryId,
                                    number,
                                    Optional.ofNullable(row.commentId),
                                    Optional.ofNullable(row.commentSha256),
                                    due);
                        }));
    }

    /** It stands there; what has become untrue meanwhile stays due. */
    @Transactional
    public void commented(Comment taken, String comment, String sha256) {
        store.pullRequestForUpdate(taken.repositoryId(), taken.number()).ifPresent(row -> {
            row.commentId = comment;
            row.commentSha256 = sha256;
            row.commentError = null;
            row.commentTakenUntil = null;
            if (taken.due().equals(row.commentDueAt)) {
                row.commentDueAt = null;
            }
        });
    }

    /** @param rest how long the host wants to be left alone, if it said so */
    @Transactional
    public void notCommented(Comment taken, String why, Optional<Duration> rest, boolean lasting) {
        store.pullRequestForUpdate(taken.repositoryId(), taken.number()).ifPresent(row -> {
            row.commentError = why;
            row.commentTakenUntil = null;
            row.commentTries++;
            row.commentDueAt = lasting || row.commentTries >= MOST_TRIES
                    ? null
                    : clock.instant().plus(rest.orElse(backOff(row.commentTries)));
        });
    }

    /** Two seconds, doubled from try to try, at most ten minutes. */
    static Duration backOff(int tries) {
        Duration doubled = Duration.ofSeconds(2L << Math.min(tries, 12));
        return doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
    }
}
