package io.terrafleet.api.hook;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.host.HostHooks;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes webhooks at hosts and takes them away: at once after it became due, and later and later while a host does not let it. */
@ApplicationScoped
class RegistrationWork {
    private static final Logger LOG = Logger.getLogger(RegistrationWork.class);
    /** What a host answers whose token does not reach so far; many say that there is nothing. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403, 404);

    private final Registrations registrations;
    private final Connections connections;
    private final Changes changes;

    RegistrationWork(Registrations registrations, Connections connections, Changes changes) {
        this.registrations = registrations;
        this.connections = connections;
        this.changes = changes;
    }

    void due(@Observes(during = TransactionPhase.AFTER_SUCCESS) Registrations.Due event) {
        Thread.ofVirtual().name("registrations").start(this::workOff);
    }

    @Scheduled(identity = "repository-hooks", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void workOff() {
        for (String id : registrations.due()) {
            registrations
                    .take(id)
                    .ifPresent(turn -> Thread.ofVirtual().name("hook-" + id).start(() -> work(turn)));
        }
    }

    private void work(Registrations.Turn turn) {
        String id = turn.repo().id();
        Optional<Connection> connection = connections.ofClient(turn.repo());
        Optional<HostHooks> hooks = connection.flatMap(found -> found.host().hooks());
        boolean followed = changes.isFollowed(turn.repo());
        try {
            if (connection.isEmpty() || hooks.isEmpty()) {
                registrations.failed(id, "the connection has no token", Optional.empty());
            } else if (followed) {
                registrations.made(
                        id,
                        hooks.get().put(connection.get().api(), connection.get().name(), turn.hostId(), turn.wish()));
            } else {
                if (turn.hostId().isPresent()) {
                    hooks.get()
                            .remove(
                                    connection.get().api(),
                                    connection.get().name(),
                                    turn.hostId().get());
                }
                registrations.gone(id);
            }
        } catch (HostRefused e) {
            refused(turn, hooks.orElseThrow(), e, followed);
        } catch (RuntimeException e) {
            LOG.warnf(e, "the webhook of %s was not made", turn.repo().identifier());
            registrations.failed(id, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private void refused(Registrations.Turn turn, HostHooks hooks, HostRefused e, boolean followed) {
        String id = turn.repo().id();
        LOG.infof("the webhook of %s: %s", turn.repo().identifier(), e.reason());
        if (!NOT_ALLOWED.contains(e.status())) {
            registrations.failed(id, e.reason(), e.after());
        } else if (followed) {
            registrations.byHand(
                    id,
                    e.reason() + ". Make the webhook by hand, " + hooks.byHand() + ": POST /api/v2/oauth-clients/"
                            + turn.repo().clientId().orElse("ID") + "/webhook tells its address and secret.");
        } else {
            registrations.gone(id);
        }
    }
}
