package io.terrafleet.api.command;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostEvent;
import io.terrafleet.api.ingress.PullRequestCommented;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The door to what comments command: each is kept once, done once and answered. Only where a workspace that follows the repository lets comments
 * command at all.
 */
@ApplicationScoped
public class Commands {
    private static final Duration TAKEN = Duration.ofMinutes(3);
    private static final int MOST_TRIES = 20;
    private static final int LONGEST_ANSWER = 4_000;

    private final CommandStore store;
    private final Workspaces workspaces;
    private final PullRequestRules rules;
    private final Event<Commanded> commanded;
    private final InstantSource clock;
    private final RandomGenerator random;

    Commands(
            CommandStore store,
            Workspaces workspaces,
            PullRequestRules rules,
            Event<Commanded> commanded,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.rules = rules;
        this.commanded = commanded;
        this.clock = clock;
        this.random = random;
    }

    /** There is something to do. */
    record Commanded() {}

    /**
     * One that is the caller's to do.
     *
     * @param first whether the account has never commanded on this pull request before
     * @param answer what is to be answered, when it was done before
     */
    record Turn(
            String id,
            String repositoryId,
            long number,
            String accountId,
            String login,
            Command command,
            boolean first,
            Optional<String> answer) {}

    void commented(@Observes PullRequestCommented commented) {
        Repo repo = commented.repo();
        HostEvent.Commented comment = commented.comment();
        Command.of(comment.text())
                .filter(command ->
                        !comment.accountId().isEmpty() && !comment.comment().isEmpty())
                .filter(command -> obeys(repo) && !store.isKnown(repo.id(), comment.comment()))
                .ifPresent(command -> keep(repo, comment, command));
    }

    private boolean obeys(Repo repo) {
        return workspaces.following(repo.organizationId(), repo.clientId(), repo.identifier()).stream()
                .anyMatch(workspace -> rules.in(workspace).obeysComments());
    }

    private void keep(Repo repo, HostEvent.Commented comment, Command command) {
        CommandEntity row = new CommandEntity();
        row.id = Ids.make("cmd", random);
        row.repositoryId = repo.id();
        row.pullNumber = comment.number();
        row.commentId = comment.comment();
        row.accountId = comment.accountId();
        row.login = comment.login();
        row.verb = command.verb().word();
        row.argument = command.argument();
        row.state = CommandEntity.WAITING;
        row.dueAt = clock.instant();
        row.createdAt = clock.instant();
        store.add(row);
        commanded.fire(new Commanded());
    }

    @Transactional
    List<String> due() {
        return store.due(clock.instant());
    }

    @Transactional
    Optional<Turn> take(String id) {
        Instant now = clock.instant();
        return store.forUpdate(id)
                .filter(row -> row.dueAt != null && !row.dueAt.isAfter(now))
                .map(row -> {
                    row.dueAt = now.plus(TAKEN);
                    Command command = new Command(Command.Verb.of(row.verb).orElse(Command.Verb.HELP), row.argument);
                    return new Turn(
                            row.id,
                            row.repositoryId,
                            row.pullNumber,
                            row.accountId,
                            row.login,
                            command,
                            store.count(row.repositoryId, row.pullNumber, row.accountId) == 1,
                            row.state.equals(CommandEntity.ANSWERING) ? Optional.of(row.answer) : Optional.empty());
                });
    }

    /** It has its effect, once; what is left is to say so. The code of a link is forgotten. */
    @Transactional
    void done(String id, String answer) {
        store.forUpdate(id).ifPresent(row -> {
            row.state = CommandEntity.ANSWERING;
            row.argument = row.verb.equals(Command.Verb.LINK.word()) ? "" : row.argument;
            row.answer = answer.length() > LONGEST_ANSWER ? answer.substring(0, LONGEST_ANSWER) : answer;
        });
    }

    @Transactional
    void answered(String id) {
        store.forUpdate(id).ifPresent(row -> {
            row.state = CommandEntity.DONE;
            row.dueAt = null;
        });
    }

    /** @param lasting whether another try cannot help */
    @Transactional
    void again(String id, Optional<Duration> rest, boolean lasting) {
        store.forUpdate(id).ifPresent(row -> {
            row.tries++;
            boolean over = lasting || row.tries >= MOST_TRIES;
            row.state = over ? CommandEntity.FAILED : row.state;
            row.dueAt =
                    over ? null : clock.instant().plus(rest.orElse(Duration.ofSeconds(2L << Math.min(row.tries, 8))));
        });
    }
}
