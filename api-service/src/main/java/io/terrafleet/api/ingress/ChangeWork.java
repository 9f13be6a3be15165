package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.Repositories;
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
    private final Connections connections;
    private final Repositories repositories;
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
            Connections connections,
            Repositories repositories,
            Arrivals arrivals,
            VcsConfig config,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.ingestion = ingestion;
        this.settling = settling;
        this.look = look;
        this.connections = connections;
        this.repositories = repositories;
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
        try (Errand errand = new Errand(connections, repositories, clock)) {
            for (Optional<Turn> next = next(repo.id()); next.isPresent(); next = next(repo.id())) {
                work(next.get().repo(), next.get().change(), errand);
                arrivals.awaitLull();
            }
        }
    }

    /** @param repo as it is now: what was worked on before may have told more of it */
    private record Turn(Repo repo, Change change) {}

    private Optional<Turn> next(String repositoryId) {
        Instant now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> store.repositoryForUpdate(repositoryId).flatMap(row -> {
                    row.takenUntil = now.plus(LEASE);
                    return store.nextDue(repositoryId, now)
                            .map(change -> new Turn(Changes.view(row), changes.view(change)));
                }));
    }

    private void work(Repo repo, Change change, Errand errand) {
        try {
            ingestion.handle(repo, change, errand);
        } catch (RepositoryRefused e) {
            errand.startAnew();
            refused(repo, change, e.reason(), e.lasting(), Optional.empty());
        } catch (HostRefused e) {
            errand.startAnew();
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
