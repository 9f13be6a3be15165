package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.Host.Known;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.host.RepositoryNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks hosts what repositories are called now. By the host's own id for it where it answers to that, by the name otherwise, which many hosts still
 * know after another was given; and by a name that somebody has told of, where the host says that it is the same repository.
 */
@ApplicationScoped
class Naming {
    private static final Logger LOG = Logger.getLogger(Naming.class);
    private static final Duration ASKED_EVERY = Duration.ofHours(1);

    private final IngressStore store;
    private final Names names;
    private final InstantSource clock;

    Naming(IngressStore store, Names names, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Under its name of today, which is asked for now and then: a delivery that tells of another may be lost, and some hosts send none. When a wish
     * to look comes meanwhile, it is asked for then too.
     */
    Repo named(Repo repo, Connection connection, RepositoryEntity before) {
        Instant now = clock.instant();
        boolean asked = before.nameAskedAt != null && before.nameAskedAt.isAfter(now.minus(ASKED_EVERY));
        if (asked || repo.clientId().isEmpty() || repo.identifier().contains("://")) {
            return repo;
        }
        Optional<Known> known = known(
                connection,
                Optional.ofNullable(before.hostId),
                Optional.ofNullable(before.nameTold).filter(RepositoryNames::isName));
        QuarkusTransaction.requiringNew().run(() -> store.repositoryForUpdate(repo.id())
                .filter(row -> row.lookDueAt.equals(before.lookDueAt))
                .ifPresent(row -> {
                    row.nameAskedAt = now;
                    row.nameTold = null;
                }));
        known.map(Known::id).filter(id -> !id.isEmpty()).ifPresent(id -> QuarkusTransaction.requiringNew()
                .run(() -> store.repositoryForUpdate(repo.id()).ifPresent(row -> row.hostId = id)));
        return known.map(Known::name)
                .filter(name -> RepositoryNames.isName(name) && !name.equals(repo.identifier()))
                .map(name -> names.renamed(repo, name))
                .orElse(repo);
    }

    static Optional<Known> known(Connection connection, Optional<String> id, Optional<String> told) {
        Host host = connection.host();
        HostApi api = connection.api();
        Optional<Known> same = id.flatMap(known -> answer(() -> host.knownById(api, connection.name(), known)));
        if (same.isPresent()) {
            return same;
        }
        Optional<Known> there = answer(() -> host.known(api, connection.name()));
        boolean another = there.isEmpty() || id.filter(there.get().id()::equals).isEmpty();
        Optional<Known> moved = told.filter(name -> another && id.isPresent())
                .flatMap(name -> answer(() -> host.known(api, name)))
                .filter(found -> id.get().equals(found.id()));
        return moved.or(() -> there);
    }

    private interface Question {
        Optional<Known> ask() throws HostRefused;
    }

    /** A host whose API does not answer may still show its branches; who asks for pull requests says why it does not. */
    private static Optional<Known> answer(Question question) {
        try {
            return question.ask();
        } catch (HostRefused e) {
            LOG.debugf("the name of a repository is not known: %s", e.reason());
            return Optional.empty();
        }
    }
}
