package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.VcsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Works off what happened, of each repository one thing after the other: at once after it was told, and what is left a little later. */
@ApplicationScoped
class ChangeWork {
    private static final Logger LOG = Logger.getLogger(ChangeWork.class);
    /** Longer than any one change takes; after a crash the repository is free again. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final IngressStore store;
    private final Changes changes;
    private final Ingestion ingestion;
    private final Settling settling;
    private final RepositoryLook look;
    private final Arrivals arrivals;
    private final VcsConfig config;
    private final InstantSource clock;
    private final Round round = new Round("changes", this::workOff);

    ChangeWork(
            IngressStore store,
            Changes changes,
            Ingestion ingestion,
            Settling settling,
            RepositoryLook look,
            Arrivals arrivals,
            VcsConfig config,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.ingestion = ingestion;
        this.settling = settling;
        this.look = look;
        this.arrivals = arrivals;
        this.config = config;
        this.clock = clock;
    }

    void told(@Observes(during = TransactionPhase.AFTER_SUCCESS) Changes.ChangesWaiting event) {
        round.ask();
    }

    @Scheduled(identity = "repository-changes", every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void workOff() {
        Instant now = clock.instant();
        List<String> due = QuarkusTransaction.requiringNew().call(() -> store.toWorkOn(now));
        List<String> unseen = QuarkusTransaction.requiringNew().call(() -> store.toLookAt(now));
        due.forEach(id -> take(id, this::workOff));
        unseen.stream().filter(id -> !due.contains(id)).forEach(id -> take(id, this::lookAt));
    }

    private interface Work {
        void on(Repo repo);
    }

    /** On a thread of its own: a host that takes its time keeps no other waiting. */
    private void take(String id, Work work) {
        Instant now = clock.instant();
        if (QuarkusTransaction.requiringNew().call(() -> store.take(id, now, now.plus(LEASE)))) {
            Thread.ofVirtual().name("repository-" + id).start(() -> {
                boolean worked = work(id, work);
                QuarkusTransaction.requiringNew().run(() -> store.release(id));
                if (worked) {
                    workOff();
                }
            });
        }
    }

    private boolean work(String id, Work work) {
        try {
            changes.repository(id).ifPresent(work::on);
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the repository %s could not be worked on and is tried again", id);
            return false;
        }
    }

    private void lookAt(Repo repo) {
        look.at(repo);
    }

    private void workOff(Repo repo) {
        arrivals.awaitLull();
        for (Optional<Change> next = next(repo); next.isPresent(); next = next(repo)) {
            work(changes.repository(repo.id()).orElse(repo), next.get());
            Instant now = clock.instant();
            QuarkusTransaction.requiringNew()
                    .run(() -> store.repositoryForUpdate(repo.id()).ifPresent(row -> row.takenUntil = now.plus(LEASE)));
            arrivals.awaitLull();
        }
    }

    private Optional<Change> next(Repo repo) {
        Instant now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> store.nextDue(repo.id(), now).map(changes::view));
    }

    private void work(Repo repo, Change change) {
        try {
            ingestion.handle(repo, change);
        } catch (RepositoryRefused e) {
            refused(repo, change, e.reason(), e.lasting(), Optional.empty());
        } catch (HostRefused e) {
            refused(repo, change, e.reason(), e.lasting(), e.after());
        } catch (Problem e) {
            refused(repo, change, e.detail().orElse(e.title()), e.status() == 422, Optional.empty());
        } catch (RuntimeException e) {
            LOG.warnf(e, "change %s of repository %s could not be worked on", change.id(), repo.identifier());
            refused(repo, change, String.valueOf(e.getMessage()), false, Optional.empty());
        }
    }

    private void refused(Repo repo, Change change, String why, boolean lasting, Optional<Duration> rest) {
        boolean tooLate = clock.instant().isAfter(change.createdAt().plus(config.tryFor()));
        LOG.infof("change %s of repository %s: %s", change.id(), repo.identifier(), why);
        if (lasting || tooLate) {
            Change newest = changes.find(change.id()).orElse(change);
            settling.failed(repo, newest, why);
        } else {
            settling.again(change, why, rest.orElse(PullRequests.backOff(change.tries())));
        }
    }
}
