package io.terrafleet.api.policy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.RepositoryLocations;
import io.terrafleet.api.oauth.FollowersAsked;
import io.terrafleet.api.oauth.RepositoryAccess;
import io.terrafleet.api.oauth.RepositoryFollowed;
import io.terrafleet.api.oauth.RepositoryRenamed;
import io.terrafleet.api.oauth.RepositoryTold;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The door to sets that follow a branch: the newest commit becomes a version, pinned by its hash. It is looked for when somebody asks, when
 * the repository is named, and now and then.
 */
@ApplicationScoped
public class PolicySetRepositories {
    private static final Logger LOG = Logger.getLogger(PolicySetRepositories.class);
    static final Repositories.Bounds BOUNDS = new Repositories.Bounds(20_000_000, 2_000);

    private final PolicySets sets;
    private final PolicySetStore store;
    private final PolicySetVersions versions;
    private final RepositoryLocations locations;
    private final Event<RepositoryFollowed> followed;
    private final Repositories repositories;
    private final PolicySetConfig config;
    private final InstantSource clock;

    PolicySetRepositories(
            PolicySets sets,
            PolicySetStore store,
            PolicySetVersions versions,
            RepositoryLocations locations,
            Event<RepositoryFollowed> followed,
            Repositories repositories,
            PolicySetConfig config,
            @Identifier("api") InstantSource clock) {
        this.sets = sets;
        this.store = store;
        this.versions = versions;
        this.locations = locations;
        this.followed = followed;
        this.repositories = repositories;
        this.config = config;
        this.clock = clock;
    }

    /** A host has told that there is something new: nobody waits for the next look. */
    void told(@Observes RepositoryTold told) {
        store.told(told.organizationId(), told.identifier(), clock.instant());
    }

    void renamed(@Observes RepositoryRenamed renamed) {
        store.renamed(renamed.organizationId(), renamed.before(), renamed.identifier());
    }

    void lookAfterBeingTold(@Observes(during = TransactionPhase.AFTER_SUCCESS) RepositoryTold told) {
        Thread.ofVirtual().name("policy-sets").start(this::lookAtThoseDue);
    }

    void asked(@Observes FollowersAsked asked) {
        asked.follow(store.following(asked.organizationId(), asked.identifier()));
    }

    @Scheduled(identity = "policy-set-repositories", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtThoseDue() {
        Instant now = clock.instant();
        List<String> due = QuarkusTransaction.requiringNew().call(() -> store.due(now));
        for (String id : due) {
            boolean mine =
                    QuarkusTransaction.requiringNew().call(() -> store.claim(id, now, now.plus(config.lookEvery())));
            if (mine) {
                Thread.ofVirtual().name("policy-set-" + id).start(() -> look(id));
            }
        }
    }

    private void look(String id) {
        try {
            update(id);
        } catch (Problem refused) {
            LOG.infof("policySetId=%s: %s", id, refused.detail().orElse(refused.title()));
        } catch (RuntimeException e) {
            LOG.warnf(e, "policySetId=%s: its repository could not be looked at", id);
        }
    }

    /**
     * Takes the newest commit, unless the set is at it already. Call it outside a transaction. Refused with the reason when it cannot be had;
     * the set is then judged as before.
     */
    PolicySetVersion update(String id) {
        PolicySet set = sets.find(id).orElseThrow(Problem::notFound);
        PolicySetSource source = set.source()
                .orElseThrow(() -> Problem.unprocessable("This policy set has no repository: give it a vcs-repo."));
        try {
            Remote remote = remote(set, source);
            String newest = repositories.newest(remote, source.branch());
            Optional<PolicySetVersion> at = set.newestVersionId()
                    .flatMap(versions::find)
                    .filter(version -> version.commit().equals(Optional.of(newest)));
            if (at.isPresent() && !moved(set)) {
                note(id, null);
                return at.get();
            }
            Snapshot snapshot = repositories.take(remote, source.branch(), source.path(), source.submodules(), BOUNDS);
            PolicySetVersion version =
                    versions.ofCommit(id, snapshot.commit(), snapshot.archive().readAllBytes());
            note(id, version.error().orElse(null));
            return version;
        } catch (RepositoryRefused e) {
            note(id, e.reason());
            throw Problem.unprocessable("The repository " + source.identifier() + ": " + e.reason() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the place was changed since the newest version was made. */
    private boolean moved(PolicySet set) {
        return set.newestVersionId()
                .flatMap(versions::find)
                .map(version -> set.updatedAt().isAfter(version.updatedAt()))
                .orElse(true);
    }

    private void note(String id, @Nullable String error) {
        QuarkusTransaction.requiringNew().run(() -> store.find(id).ifPresent(row -> row.vcsError = error));
    }

    private Remote remote(PolicySet set, PolicySetSource source) {
        RepositoryLocations.Location place =
                locations.locate(set.organizationId(), source.identifier(), source.oauthTokenId());
        place.access().ifPresent(access -> follow(set.organizationId(), access.clientId(), source.identifier()));
        return new Remote(
                place.address(),
                place.access().map(RepositoryAccess::token),
                place.access().flatMap(RepositoryAccess::sshKey));
    }

    /** So that its host tells of new commits, and not only our own look finds them. */
    private void follow(String organizationId, String clientId, String identifier) {
        QuarkusTransaction.requiringNew()
                .run(() -> followed.fire(new RepositoryFollowed(organizationId, clientId, identifier)));
    }
}
