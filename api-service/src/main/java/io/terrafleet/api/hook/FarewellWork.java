package io.terrafleet.api.hook;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.host.HostHooks;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.ingress.Connections;
import io.terrafleet.api.ingress.Round;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes webhooks of connections that are gone away from their hosts: at once after the deletion, and again while a host does not let us. */
@ApplicationScoped
class FarewellWork {
    private static final Logger LOG = Logger.getLogger(FarewellWork.class);

    private final Farewells farewells;
    private final Connections connections;
    private final Round round = new Round("webhook-farewells", this::workOff);

    FarewellWork(Farewells farewells, Connections connections) {
        this.farewells = farewells;
        this.connections = connections;
    }

    void due(@Observes(during = TransactionPhase.AFTER_SUCCESS) Farewells.Due event) {
        round.ask();
    }

    @Scheduled(
            identity = "webhook-farewells",
            every = "${terrafleet.vcs.farewell-every:30s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void workOff() {
        for (String id : farewells.due()) {
            farewells
                    .take(id)
                    .ifPresent(turn -> Thread.ofVirtual().name("farewell-" + id).start(() -> work(turn)));
        }
    }

    private void work(Farewells.Turn turn) {
        try {
            Optional<HostHooks> hooks = Hosts.of(turn.credential().provider()).hooks();
            Optional<HostApi> api = connections.api(turn.credential());
            if (hooks.isPresent() && api.isPresent()) {
                hooks.get().remove(api.get(), turn.repository(), turn.hostId());
                farewells.gone(turn.id());
            } else {
                again(turn, "its App gets no token", Optional.empty());
            }
        } catch (HostRefused e) {
            again(turn, e.reason(), e.after());
        } catch (RuntimeException e) {
            LOG.warnf(e, "the webhook %s of %s was not taken away", turn.hostId(), turn.repository());
            again(turn, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private void again(Farewells.Turn turn, String why, Optional<Duration> rest) {
        if (!farewells.again(turn.id(), rest)) {
            LOG.warnf(
                    "the webhook %s of %s at %s stays there, take it away by hand: %s",
                    turn.hostId(), turn.repository(), turn.credential(), why);
        }
    }
}
