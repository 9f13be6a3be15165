package io.terrafleet.api.review;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.ingress.Arrivals;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Connections;
import io.terrafleet.api.ingress.PullRequests;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.ingress.Round;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Sends what is due to hosts: at once after it was said, and again, later and later, while a host does not take it. */
@ApplicationScoped
class ReviewWork {
    private static final Logger LOG = Logger.getLogger(ReviewWork.class);
    /** What was sent before a crash is sent once more after it: not much, and in less time than {@link Statuses#PATIENCE}. */
    private static final int NOTED_TOGETHER = 20;

    private static final Duration COMMENT_PATIENCE = Duration.ofMinutes(3);

    private final Statuses statuses;
    private final Comments comments;
    private final Changes changes;
    private final PullRequests pullRequests;
    private final Connections connections;
    private final Arrivals arrivals;
    private final Round round = new Round("reviews", this::sendDue);

    ReviewWork(
            Statuses statuses,
            Comments comments,
            Changes changes,
            PullRequests pullRequests,
            Connections connections,
            Arrivals arrivals) {
        this.statuses = statuses;
        this.comments = comments;
        this.changes = changes;
        this.pullRequests = pullRequests;
        this.connections = connections;
        this.arrivals = arrivals;
    }

    void said(@Observes(during = TransactionPhase.AFTER_SUCCESS) Statuses.Said event) {
        round.ask();
    }

    @Scheduled(identity = "reviews", every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void sendDue() {
        Map<String, List<Statuses.Taken>> byRepository = new LinkedHashMap<>();
        statuses.take().forEach(taken -> byRepository
                .computeIfAbsent(taken.repositoryId(), id -> new ArrayList<>())
                .add(taken));
        byRepository.forEach(
                (id, due) -> Thread.ofVirtual().name("statuses-" + id).start(() -> send(id, due)));
        for (PullRequests.Due due : pullRequests.commentsDue()) {
            pullRequests
                    .take(due.repositoryId(), due.number(), COMMENT_PATIENCE)
                    .ifPresent(taken -> Thread.ofVirtual()
                            .name("comment-" + due.repositoryId())
                            .start(() -> comment(taken)));
        }
    }

    private void send(String repositoryId, List<Statuses.Taken> due) {
        Optional<Repo> repo = changes.repository(repositoryId);
        Optional<Connection> connection = repo.flatMap(connections::of);
        if (repo.isEmpty() || connection.isEmpty()) {
            due.forEach(taken -> statuses.notSent(
                    taken, "no workspace follows the repository with a token", Optional.empty(), false));
            return;
        }
        Set<String> commits = new LinkedHashSet<>();
        List<Statuses.Taken> sent = new ArrayList<>();
        for (Statuses.Taken taken : due) {
            arrivals.awaitLull();
            commits.add(taken.status().commit());
            if (isSent(repo.get(), connection.get(), taken)) {
                sent.add(taken);
            }
            if (sent.size() == NOTED_TOGETHER) {
                statuses.sent(sent);
                sent.clear();
            }
        }
        statuses.sent(sent);
        for (String commit : commits) {
            try {
                sumUp(repo.get(), commit);
            } catch (RuntimeException e) {
                LOG.warnf(e, "what is said of %s could not be summed up", commit);
                due.stream()
                        .filter(taken -> taken.status().commit().equals(commit))
                        .forEach(taken -> statuses.notSent(
                                taken, "it could not be summed up; it is tried again", Optional.empty(), false));
            }
        }
    }

    private void sumUp(Repo repo, String commit) {
        statuses.sumUp(repo.id(), commit, repo.organizationId());
        changes.pullRequestsAt(repo.id(), commit).forEach(number -> pullRequests.commentDue(repo.id(), number));
    }

    private boolean isSent(Repo repo, Connection connection, Statuses.Taken taken) {
        try {
            connection.host().status(connection.api(), connection.name(), taken.status());
            return true;
        } catch (HostRefused e) {
            LOG.infof(
                    "status %s of %s at %s: %s",
                    taken.status().context(), taken.status().commit(), repo.identifier(), e.reason());
            statuses.notSent(taken, e.reason(), e.after(), e.lasting());
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "status %s of %s was not sent",
                    taken.status().context(),
                    taken.status().commit());
            statuses.notSent(taken, String.valueOf(e.getMessage()), Optional.empty(), false);
        }
        return false;
    }

    private void comment(PullRequests.Comment taken) {
        try {
            comments.write(taken);
        } catch (HostRefused e) {
            LOG.infof("comment on %d: %s", taken.number(), e.reason());
            pullRequests.notCommented(taken, e.reason(), e.after(), e.lasting() && e.status() != 404);
        } catch (RuntimeException e) {
            LOG.warnf(e, "the comment on %d was not written", taken.number());
            pullRequests.notCommented(taken, String.valueOf(e.getMessage()), Optional.empty(), false);
        }
    }
}
