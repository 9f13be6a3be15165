package io.terrafleet.api.ingress;

import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to a repository's host, for all that waits there: what opens it is asked for once, and what was fetched for one change is there for the
 * next. After something was refused it begins anew.
 */
final class Errand implements AutoCloseable {
    /** A token that was taken away meanwhile is used no longer than that. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Connections connections;
    private final Repositories repositories;
    private final InstantSource clock;
    private @Nullable Way way;
    private boolean together = true;

    private record Way(String identifier, Instant begun, Connection connection, Visit visit) {}

    Errand(Connections connections, Repositories repositories, InstantSource clock) {
        this.connections = connections;
        this.repositories = repositories;
        this.clock = clock;
    }

    /** Empty when nothing follows it any more, or the token is gone. */
    Optional<Connection> connection(Repo repo) {
        Way known = way;
        if (known != null
                && known.identifier().equals(repo.identifier())
                && clock.instant().isBefore(known.begun().plus(LONGEST))) {
            return Optional.of(known.connection());
        }
        startAnew();
        Optional<Connection> found = connections.of(repo);
        found.ifPresent(connection ->
                way = new Way(repo.identifier(), clock.instant(), connection, repositories.visit(connection.remote())));
        return found;
    }

    /** Of the connection that was found. */
    Visit visit() {
        Way known = way;
        if (known == null) {
            throw new IllegalStateException("there is no connection");
        }
        if (!known.visit().isLarge()) {
            return known.visit();
        }
        known.visit().close();
        Visit fresh = repositories.visit(known.connection().remote());
        way = new Way(known.identifier(), known.begun(), known.connection(), fresh);
        return fresh;
    }

    /** Whether what waits is fetched in one go; not any more after that was refused, as one branch of many may be gone. */
    boolean goesTogether() {
        return together;
    }

    void goAlone() {
        together = false;
    }

    void startAnew() {
        Way known = way;
        way = null;
        if (known != null) {
            known.visit().close();
        }
    }

    @Override
    public void close() {
        startAnew();
    }
}
