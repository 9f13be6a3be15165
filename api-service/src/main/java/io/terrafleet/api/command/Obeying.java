package io.terrafleet.api.command;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.ingress.Applying;
import io.terrafleet.api.ingress.Change;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Connection;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.rule.PullRequestRule;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceLocks;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what a comment commands with the permissions that its author has in Terrafleet, workspace by workspace, and says what came of it. */
@ApplicationScoped
class Obeying {
    private static final String HELP =
            """
            A comment that begins with one of these commands, with your permissions in Terrafleet:

            - `terrafleet plan`: plans this pull request again
            - `terrafleet apply [WORKSPACE]`: applies it before it is merged, where the workspace is set so
            - `terrafleet discard [WORKSPACE]`: gives up runs that wait for a decision
            - `terrafleet unlock [WORKSPACE]`: takes your lock away
            - `terrafleet link CODE`: says that this account is yours
            - `terrafleet help`""";

    private final HostAccounts accounts;
    private final Changes changes;
    private final Applying applying;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final PullRequestRules rules;
    private final Runs runs;

    Obeying(
            HostAccounts accounts,
            Changes changes,
            Applying applying,
            Workspaces workspaces,
            WorkspaceLocks locks,
            PullRequestRules rules,
            Runs runs) {
        this.accounts = accounts;
        this.changes = changes;
        this.applying = applying;
        this.workspaces = workspaces;
        this.locks = locks;
        this.rules = rules;
        this.runs = runs;
    }

    /**
     * @return the answer; empty for none
     * @throws Problem with the reason why it is not done at all
     */
    String obey(Repo repo, Connection connection, Commands.Turn turn) throws HostRefused {
        Command command = turn.command();
        String client = repo.clientId().orElse("");
        if (command.verb() == Command.Verb.LINK) {
            return accounts.link(client, turn.accountId(), turn.login(), command.argument());
        }
        Optional<Principal> who = accounts.of(client, turn.accountId());
        if (who.isEmpty()) {
            // Said once: whoever talks on and on is not talked back to.
            return turn.first()
                    ? "This account is not linked to a Terrafleet user: `POST /api/v2/oauth-clients/" + client
                            + "/account-links` with your `login` here tells a code, and the comment `terrafleet link CODE` shows it here."
                    : "";
        }
        return switch (command.verb()) {
            case HELP, LINK -> HELP;
            case PLAN -> plan(repo, turn, who.get());
            case APPLY -> apply(repo, connection, turn, who.get());
            case DISCARD -> each(repo, turn, workspace -> discard(repo, turn, workspace, who.get()));
            case UNLOCK -> each(repo, turn, workspace -> unlock(workspace, who.get()));
        };
    }

    private interface Deed {
        @Nullable
        String on(Workspace workspace);
    }

    /** Where comments command, and which are meant, by name. */
    private List<Workspace> meant(Repo repo, Command command) {
        List<Workspace> all = workspaces.following(repo.organizationId(), repo.clientId(), repo.identifier()).stream()
                .filter(workspace ->
                        command.argument().isEmpty() || workspace.name().equals(command.argument()))
                .filter(workspace -> rules.in(workspace).obeysComments())
                .toList();
        if (all.isEmpty()) {
            throw Problem.unprocessable("There is no workspace of that name here that comments command.");
        }
        return all;
    }

    private String each(Repo repo, Commands.Turn turn, Deed deed) {
        List<String> lines = new ArrayList<>();
        for (Workspace workspace : meant(repo, turn.command())) {
            String line;
            try {
                line = QuarkusTransaction.requiringNew().call(() -> deed.on(workspace));
            } catch (Problem refused) {
                line = refused.detail().orElse(refused.title());
            }
            if (line != null) {
                lines.add("- **" + workspace.name() + "**: " + line);
            }
        }
        return lines.isEmpty() ? "There is nothing to do." : String.join("\n", lines);
    }

    /** In all workspaces at once, so it takes the permission in all that it reaches. */
    private String plan(Repo repo, Commands.Turn turn, Principal who) {
        for (Workspace workspace : meant(repo, turn.command())) {
            workspaces.require(who, workspace.id(), Permission.QUEUE_RUNS);
        }
        changes.again(repo.id(), turn.number(), "comment " + turn.id());
        return "It is planned again.";
    }

    private String apply(Repo repo, Connection connection, Commands.Turn turn, Principal who) throws HostRefused {
        Change change = changes.ofPullRequest(repo.id(), turn.number())
                .orElseThrow(() -> Problem.unprocessable("This pull request was not planned yet."));
        PullRequest now = connection.host().pullRequest(connection.api(), connection.name(), turn.number());
        if (!now.open() || !now.head().equals(change.commit())) {
            return "It is closed, or has moved on since it was planned: plan it again first.";
        }
        if (now.fork() || change.approvedBy().isPresent()) {
            return "What a stranger wrote is applied after it was merged, and not before.";
        }
        return each(repo, turn, workspace -> apply(repo, change, workspace, who));
    }

    private @Nullable String apply(Repo repo, Change change, Workspace workspace, Principal who) {
        Optional<Run> planned = change.outcomes().stream()
                .filter(outcome -> outcome.workspace().equals(workspace.id()))
                .flatMap(outcome -> outcome.run().stream())
                .flatMap(id -> runs.find(id).stream())
                .findFirst();
        if (planned.isEmpty()) {
            return null;
        }
        workspaces.require(who, workspace.id(), Permission.QUEUE_RUNS);
        workspaces.require(who, workspace.id(), Permission.APPLY_RUNS);
        PullRequestRule.Apply when = rules.in(workspace).apply().orElse(PullRequestRule.Apply.AFTER_MERGE);
        return switch (when) {
            case AFTER_MERGE -> "is applied after the merge.";
            case MANUAL -> "is applied by hand, in Terrafleet.";
            case BEFORE_MERGE -> {
                if (!(planned.get().state() instanceof RunState.PlannedAndFinished)) {
                    yield "its plan is not a good one: " + planned.get().id() + " has to end well first.";
                }
                yield "applies with "
                        + applying.begin(repo, change, workspace, planned.get(), who)
                                .id() + ".";
            }
        };
    }

    private @Nullable String discard(Repo repo, Commands.Turn turn, Workspace workspace, Principal who) {
        Optional<Run> waiting = changes.ofPullRequest(repo.id(), turn.number()).stream()
                .flatMap(change -> change.outcomes().stream())
                .filter(outcome -> outcome.workspace().equals(workspace.id()))
                .flatMap(outcome -> outcome.run().stream())
                .flatMap(id -> runs.find(id).stream())
                .filter(run -> !run.state().isFinished())
                .findFirst();
        if (waiting.isEmpty()) {
            return null;
        }
        workspaces.require(who, workspace.id(), Permission.APPLY_RUNS);
        runs.wish(waiting.get().id(), new RunInput.Discard(who.name()), "discarded", "by a comment");
        return waiting.get().id() + " is discarded.";
    }

    private @Nullable String unlock(Workspace workspace, Principal who) {
        if (workspace.lock().isEmpty()) {
            return null;
        }
        workspaces.require(who, workspace.id(), Permission.LOCK_WORKSPACE);
        locks.unlock(workspace.id(), who);
        return "is unlocked.";
    }
}
