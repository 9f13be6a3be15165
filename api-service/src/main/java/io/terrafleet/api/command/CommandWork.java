package io.terrafleet.api.command;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Connections;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does what comments command and answers them where they stand: at once, and again while a host does not take the answer. */
@ApplicationScoped
class CommandWork {
    private static final Logger LOG = Logger.getLogger(CommandWork.class);

    private final Commands commands;
    private final Obeying obeying;
    private final Changes changes;
    private final Connections connections;

    CommandWork(Commands commands, Obeying obeying, Changes changes, Connections connections) {
        this.commands = commands;
        this.obeying = obeying;
        this.changes = changes;
        this.connections = connections;
    }

    void commanded(@Observes(during = TransactionPhase.AFTER_SUCCESS) Commands.Commanded event) {
        Thread.ofVirtual().name("commands").start(this::workOff);
    }

    @Scheduled(identity = "comment-commands", every = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    void workOff() {
        for (String id : commands.due()) {
            commands.take(id)
                    .ifPresent(turn -> Thread.ofVirtual().name("command-" + id).start(() -> work(turn)));
        }
    }

    private void work(Commands.Turn turn) {
        Optional<Repo> repo = changes.repository(turn.repositoryId());
        Optional<Connection> connection = repo.flatMap(connections::of);
        if (repo.isEmpty() || connection.isEmpty()) {
            commands.again(turn.id(), Optional.empty(), false);
            return;
        }
        try {
            String answer =
                    turn.answer().isPresent() ? turn.answer().get() : obeyed(repo.get(), connection.get(), turn);
            if (!answer.isEmpty()) {
                connection
                        .get()
                        .host()
                        .comment(
                                connection.get().api(),
                                connection.get().name(),
                                turn.number(),
                                Optional.empty(),
                                answer);
            }
            commands.answered(turn.id());
        } catch (HostRefused e) {
            LOG.infof("command %s: %s", turn.id(), e.reason());
            commands.again(turn.id(), e.after(), e.lasting());
        } catch (RuntimeException e) {
            LOG.warnf(e, "command %s could not be worked on", turn.id());
            commands.again(turn.id(), Optional.empty(), false);
        }
    }

    /** What nobody may, or what cannot be, is answered too. */
    private String obeyed(Repo repo, Connection connection, Commands.Turn turn) throws HostRefused {
        String answer;
        try {
            answer = obeying.obey(repo, connection, turn);
        } catch (Problem refused) {
            answer = refused.detail().orElse(refused.title());
        }
        String text = answer.isEmpty()
                ? ""
                : "`" + turn.login().replace('`', '\'') + "`: `"
                        + turn.command().verb().word() + "`\n\n" + answer;
        commands.done(turn.id(), text);
        return text;
    }
}
