package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Ingestions;
import io.terrafleet.api.configuration.Ingress;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what comes of a change, for each workspace once however often the change is tried. */
@ApplicationScoped
class Settling {
    private final IngressStore store;
    private final Changes changes;
    private final PullRequests pullRequests;
    private final Ingestions ingestions;
    private final Workspaces workspaces;
    private final Runs runs;
    private final PullRequestRules rules;
    private final Event<ChangeRan> ran;
    private final Event<ChangeMoved> moved;
    private final InstantSource clock;

    Settling(
            IngressStore store,
            Changes changes,
            PullRequests pullRequests,
            Ingestions ingestions,
            Workspaces workspaces,
            Runs runs,
            PullRequestRules rules,
            Event<ChangeRan> ran,
            Event<ChangeMoved> moved,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.pullRequests = pullRequests;
        this.ingestions = ingestions;
        this.workspaces = workspaces;
        this.runs = runs;
        this.rules = rules;
        this.ran = ran;
        this.moved = moved;
        this.clock = clock;
    }

    /** @param key names the content within its organization */
    record Content(String key, ArtifactRef archive) {}

    /** The host has said what the pull request is now. An approval was for the commit that it was at, and for no other. */
    @Transactional
    Change asked(Repo repo, Change change, PullRequest pull) {
        ChangeEntity row = store.changeForUpdate(change.id()).orElseThrow();
        if (!row.commit.isEmpty() && !row.commit.equals(pull.head())) {
            row.approvedBy = null;
        }
        row.commit = pull.head();
        row.details = Changes.write(new Change.Details(
                change.details().sender(),
                change.details().url(),
                change.details().compareUrl(),
                Optional.of(pull)));
        pullRequests.seen(repo.id(), pull);
        store.flush();
        return changes.view(row);
    }

    /** What became of the same commit of the pull request before, unless somebody replays it. */
    @Transactional
    Optional<String> before(Repo repo, Change change) {
        if (change.approvedBy().isPresent() || change.origin().startsWith(Changes.REPLAY)) {
            return Optional.empty();
        }
        return store.named(repo.id(), change.kind().word(), change.name()).stream()
                .filter(row -> row.number < change.number()
                        && row.commit.equals(change.commit())
                        && !row.state.equals(ChangeEntity.SUPERSEDED))
                .map(changes::view)
                .filter(row -> row.state().equals(ChangeEntity.HELD)
                        || (!row.outcomes().isEmpty()
                                && row.pull().base().equals(change.pull().base())))
                .map(row -> "this commit is known: see " + row.id())
                .findFirst();
    }

    /** Branches of which changes are due, with how many of each. */
    @Transactional
    Map<String, Integer> waitingBranches(Repo repo) {
        return store.waitingBranches(repo.id(), clock.instant());
    }

    @Transactional
    void superseded(Repo repo, Change change, String note) {
        end(repo, change, ChangeEntity.SUPERSEDED, note);
    }

    @Transactional
    void standard(Repo repo, String branch) {
        store.repository(repo.id()).ifPresent(row -> row.defaultBranch = branch);
    }

    /** Plans of commits that the pull request is not at any more. */
    @Transactional
    void outdate(Repo repo, Change change) {
        pullRequests.outdate(
                repo.id(), change.pull().number(), change.commit(), "there is a newer commit: " + change.commit());
    }

    /**
     * A configuration of the commit, and a run where it touches the workspace.
     *
     * @param content empty where there is to be no configuration
     * @param problem why no run can be made, when that is known
     * @return whether a run came of it, now or in an earlier try
     */
    @Transactional
    boolean settle(
            Repo repo,
            Change change,
            Workspace workspace,
            Ingress ingress,
            Optional<Content> content,
            boolean touched,
            Optional<String> problem) {
        Optional<ChangeRunEntity> before = store.runs(change.id()).stream()
                .filter(row -> row.workspaceId.equals(workspace.id().value()))
                .findFirst();
        if (before.isPresent()) {
            return before.get().runId != null;
        }
        boolean speculative = change.is(Change.Kind.PULL);
        Optional<Run> run = Optional.empty();
        if (content.isPresent()) {
            ConfigurationVersion configuration = ingestions.create(
                    workspace.id(),
                    ingress,
                    speculative,
                    content.get().key(),
                    content.get().archive());
            workspaces.taken(workspace.id());
            if (problem.isEmpty() && runs(change, workspace, touched)) {
                run = Optional.of(runs.create(request(workspace, configuration, ingress, speculative)));
            }
        }
        ChangeRunEntity row = new ChangeRunEntity();
        row.changeId = change.id();
        row.workspaceId = workspace.id().value();
        row.runId = run.map(it -> it.id().value()).orElse(null);
        row.note = problem.orElse("");
        store.add(row);
        ran.fire(new ChangeRan(repo, change, workspace, run, problem, Optional.empty()));
        return run.isPresent();
    }

    /** A workspace that waits for tags runs for nothing else; and one that was given a repository only if it says so. */
    private static boolean runs(Change change, Workspace workspace, boolean touched) {
        boolean byTag = !Ingestion.vcs(workspace).tagsRegex().isEmpty();
        return switch (change.kind()) {
            case PUSH -> touched && !byTag;
            case CONNECT -> workspace.queueAllRuns() && !byTag;
            case TAG -> true;
            case PULL -> touched;
        };
    }

    /** After the merge when it is set so, by hand when it is set so, and otherwise as the workspace says of all its runs. */
    private Optional<Boolean> autoApply(Workspace workspace) {
        return rules.in(workspace).apply().flatMap(when -> switch (when) {
            case AFTER_MERGE -> Optional.of(true);
            case MANUAL -> Optional.of(false);
            case BEFORE_MERGE -> Optional.empty();
        });
    }

    private NewRun request(
            Workspace workspace, ConfigurationVersion configuration, Ingress ingress, boolean speculative) {
        String first = ingress.commitMessage().lines().findFirst().orElse("");
        String message = ingress.pullRequest() ? ingress.pullRequestTitle() : first;
        return new NewRun(
                workspace.id(),
                Optional.of(configuration.id()),
                speculative,
                speculative ? Optional.empty() : autoApply(workspace),
                false,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                message.length() > 1_000 ? message.substring(0, 1_000) : message,
                List.of(),
                Ingestions.SOURCE,
                "",
                ingress.senderUsername());
    }

    /** Nothing runs, and whoever waits for a word on the commit gets one. */
    @Transactional
    void skipped(Repo repo, Change change, List<Workspace> followers, String why) {
        for (Workspace workspace : followers) {
            ran.fire(new ChangeRan(repo, change, workspace, Optional.empty(), Optional.empty(), Optional.of(why)));
        }
        end(repo, change, ChangeEntity.DONE, why);
    }

    @Transactional
    void done(Repo repo, Change change, String note) {
        end(repo, change, ChangeEntity.DONE, note);
    }

    @Transactional
    void hold(Repo repo, Change change, String why) {
        end(repo, change, ChangeEntity.HELD, why);
    }

    @Transactional
    void failed(Repo repo, Change change, String why) {
        end(repo, change, ChangeEntity.FAILED, why);
    }

    private void end(Repo repo, Change change, String state, String note) {
        ChangeEntity row = store.changeForUpdate(change.id()).orElseThrow();
        row.state = state;
        row.note = note;
        row.doneAt = state.equals(ChangeEntity.HELD) ? null : clock.instant();
        store.flush();
        moved.fire(new ChangeMoved(repo, changes.view(row)));
    }

    /** Once more later; when somebody is left to wait for it, they are told why. */
    @Transactional
    void again(Change change, String why, Duration rest) {
        store.changeForUpdate(change.id()).ifPresent(row -> {
            row.tries++;
            row.note = why;
            row.dueAt = clock.instant().plus(rest);
        });
    }
}
