package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.api.configuration.Ingestions;
import io.terrafleet.api.configuration.Ingress;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.Commits;
import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.api.workspace.VcsRepo;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes configurations and runs of a change: finds who follows it, fetches the commit, and sees whom it touches. */
@ApplicationScoped
class Ingestion {
    private static final Logger LOG = Logger.getLogger(Ingestion.class);

    private final Workspaces workspaces;
    private final Repositories repositories;
    private final Ingestions ingestions;
    private final Settling settling;
    private final StrangerCheck strangers;
    private final VcsConfig config;

    Ingestion(
            Workspaces workspaces,
            Repositories repositories,
            Ingestions ingestions,
            Settling settling,
            StrangerCheck strangers,
            VcsConfig config) {
        this.workspaces = workspaces;
        this.repositories = repositories;
        this.ingestions = ingestions;
        this.settling = settling;
        this.strangers = strangers;
        this.config = config;
    }

    /**
     * What was fetched of a change.
     *
     * @param tree what is planned
     * @param commit that is told of
     * @param touched ids of the workspaces whose files have changed
     * @param refused why a stranger's commit is not planned, by the id of the workspace
     */
    private record Fetched(
            Commits.Commit commit,
            String tree,
            Set<String> touched,
            Map<String, String> refused,
            Map<Boolean, byte[]> archives) {}

    /** @throws RepositoryRefused or HostRefused when it has to be tried again, or cannot be done */
    void handle(Repo repo, Change change, Errand errand) throws RepositoryRefused, HostRefused {
        Connection connection = errand.connection(repo)
                .orElseThrow(() -> new HostRefusal("no workspace follows the repository with a token that is good"));
        Change known = change.is(Change.Kind.PULL) ? asked(repo, change, connection) : change;
        if (known.is(Change.Kind.PULL) && !worthPlanning(repo, known, connection)) {
            return;
        }
        List<Workspace> following = workspaces.following(repo.organizationId(), repo.clientId(), repo.identifier());
        String standard = standard(repo, connection, following);
        List<Workspace> followers = following.stream()
                .filter(workspace -> follows(workspace, known, standard))
                .toList();
        if (followers.isEmpty()) {
            settling.done(repo, known, "no workspace follows " + known.name());
            return;
        }
        boolean trusted = known.approvedBy().isEmpty();
        Fetched fetched = errand.visit().explore(commits -> {
            together(commits, repo, known, errand);
            return fetch(commits, repo, known, connection, followers);
        });
        if (SkipWords.in(fetched.commit().message()) && !known.is(Change.Kind.CONNECT)) {
            settling.skipped(repo, known, followers, "the commit's message asks that nothing runs");
            return;
        }
        settle(repo, known, connection, followers, fetched, standard, trusted);
    }

    /** For failures of our own making that another try may heal. */
    private static final class HostRefusal extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        HostRefusal(String message) {
            super(message);
        }
    }

    /** A pull request as it is now, whatever was told of it. */
    private Change asked(Repo repo, Change change, Connection connection) throws HostRefused {
        PullRequest pull =
                connection.host().pullRequest(connection.api(), connection.name(), Long.parseLong(change.name()));
        return settling.asked(repo, change, pull);
    }

    private boolean worthPlanning(Repo repo, Change change, Connection connection) throws HostRefused {
        PullRequest pull = change.pull();
        if (!pull.open()) {
            settling.done(repo, change, "the pull request is closed");
            return false;
        }
        settling.outdate(repo, change);
        if (pull.draft()) {
            settling.done(repo, change, "a draft: it is planned when it is ready for review");
            return false;
        }
        Optional<String> before = settling.before(repo, change);
        if (before.isPresent()) {
            settling.superseded(repo, change, before.get());
            return false;
        }
        if (change.approvedBy().isPresent()) {
            return true;
        }
        boolean writes = !pull.fork() && connection.host().mayWrite(connection.api(), connection.name(), pull);
        if (!writes) {
            settling.hold(
                    repo,
                    change,
                    pull.fork()
                            ? "it comes from a fork: somebody who manages VCS settings has to approve this commit"
                            : pull.author()
                                    + " may not write to the repository: somebody who manages VCS settings has to approve this commit");
        }
        return writes;
    }

    /** The default branch, asked for only where a workspace follows it without naming it. */
    private String standard(Repo repo, Connection connection, List<Workspace> following) throws RepositoryRefused {
        if (!repo.defaultBranch().isEmpty()
                || following.stream().noneMatch(it -> vcs(it).branch().isEmpty())) {
            return repo.defaultBranch();
        }
        String branch = repositories.heads(connection.remote()).standard().orElse("");
        settling.standard(repo, branch);
        return branch;
    }

    private static boolean follows(Workspace workspace, Change change, String standard) {
        VcsRepo vcs = vcs(workspace);
        String branch = vcs.branch().isEmpty() ? standard : vcs.branch();
        return switch (change.kind()) {
            case PUSH -> branch.equals(change.name());
            case CONNECT -> vcs.awaited() && branch.equals(change.name());
            case TAG -> !vcs.tagsRegex().isEmpty() && TagRule.matches(vcs.tagsRegex(), change.name());
            case PULL ->
                workspace.traits().speculativeEnabled()
                        && branch.equals(change.pull().base());
        };
    }

    static VcsRepo vcs(Workspace workspace) {
        return workspace.traits().vcsRepo().orElseThrow();
    }

    /** Of a burst the first fetches for all. */
    private void together(Commits commits, Repo repo, Change change, Errand errand) throws IOException {
        if (change.is(Change.Kind.PULL)
                || change.commit().isEmpty()
                || commits.here(change.commit())
                || !errand.goesTogether()) {
            return;
        }
        Map<String, Integer> branches = settling.waitingBranches(repo);
        if (branches.values().stream().mapToInt(Integer::intValue).sum() < 2) {
            return;
        }
        try {
            Fetching.together(commits, branches);
        } catch (IOException | RepositoryRefused e) {
            LOG.debugf("repository %s: what waits is fetched one by one: %s", repo.identifier(), e.getMessage());
            errand.goAlone();
        }
    }

    private Fetched fetch(Commits commits, Repo repo, Change change, Connection connection, List<Workspace> followers)
            throws IOException, RepositoryRefused {
        Fetching.Tree tree = Fetching.of(
                commits, change, connection.host(), !config.pullRequestPlans().equals("head"));
        Set<String> touched = new HashSet<>();
        Map<String, Set<String>> directories = new HashMap<>();
        Map<Boolean, byte[]> archives = new HashMap<>();
        for (Workspace workspace : followers) {
            boolean touches = touches(commits, tree, workspace, directories);
            if (touches) {
                touched.add(workspace.id().value());
            }
            boolean submodules = vcs(workspace).submodules();
            if ((touches || !change.is(Change.Kind.PULL))
                    && !archives.containsKey(submodules)
                    && ingestions.archive(key(repo, tree.tree(), submodules)).isEmpty()) {
                archives.put(
                        submodules,
                        commits.archive(
                                tree.tree(),
                                submodules,
                                new Repositories.Bounds(ingestions.mostBytes(), ingestions.mostFiles())));
            }
        }
        Map<String, String> refused = change.approvedBy().isEmpty()
                ? Map.of()
                : strangers.refusals(
                        commits,
                        tree,
                        followers.stream()
                                .filter(it -> touched.contains(it.id().value()))
                                .toList());
        return new Fetched(tree.commit(), tree.tree(), touched, refused, archives);
    }

    private static boolean touches(
            Commits commits, Fetching.Tree tree, Workspace workspace, Map<String, Set<String>> directories)
            throws IOException {
        if (tree.changed().isEmpty()) {
            return true;
        }
        String root = workspace.workingDirectory();
        if (!directories.containsKey(root)) {
            directories.put(root, Directories.of(commits, tree.tree(), root));
        }
        return Touch.touches(
                workspace,
                directories.getOrDefault(root, Set.of()),
                tree.changed().get());
    }

    private static String key(Repo repo, String tree, boolean submodules) {
        return repo.organizationId() + ":" + tree + (submodules ? ":submodules" : "");
    }

    private void settle(
            Repo repo,
            Change change,
            Connection connection,
            List<Workspace> followers,
            Fetched fetched,
            String standard,
            boolean trusted) {
        Ingress ingress = ingress(repo, change, connection, fetched.commit(), standard, trusted);
        Map<Boolean, ArtifactRef> kept = new HashMap<>();
        int runs = 0;
        for (Workspace workspace : followers) {
            boolean submodules = vcs(workspace).submodules();
            String key = key(repo, fetched.tree(), submodules);
            boolean touched = fetched.touched().contains(workspace.id().value());
            Optional<String> refused =
                    Optional.ofNullable(fetched.refused().get(workspace.id().value()));
            boolean needed = (touched || !change.is(Change.Kind.PULL)) && refused.isEmpty();
            if (needed && !kept.containsKey(submodules)) {
                kept.put(submodules, archive(key, fetched.archives().get(submodules)));
            }
            Optional<Settling.Content> content = needed
                    ? Optional.ofNullable(kept.get(submodules)).map(archive -> new Settling.Content(key, archive))
                    : Optional.empty();
            runs += settled(repo, change, workspace, ingress, content, touched, refused) ? 1 : 0;
        }
        settling.done(
                repo,
                change,
                runs + (runs == 1 ? " run" : " runs") + " for " + followers.size()
                        + (followers.size() == 1 ? " workspace" : " workspaces") + " that follow it");
    }

    /** What one workspace cannot run keeps no other from running. */
    private boolean settled(
            Repo repo,
            Change change,
            Workspace workspace,
            Ingress ingress,
            Optional<Settling.Content> content,
            boolean touched,
            Optional<String> refused) {
        try {
            return settling.settle(repo, change, workspace, ingress, content, touched, refused);
        } catch (Problem problem) {
            String why = problem.detail().orElse(problem.title());
            return settling.settle(repo, change, workspace, ingress, content, touched, Optional.of(why));
        }
    }

    private ArtifactRef archive(String key, byte @org.jspecify.annotations.Nullable [] fresh) {
        return ingestions
                .archive(key)
                .orElseGet(() -> fresh == null
                        ? gone()
                        : QuarkusTransaction.requiringNew().call(() -> ingestions.keep(fresh)));
    }

    /** It was kept when we looked, and is not any more: the next try packs it again. */
    private static ArtifactRef gone() {
        throw Problem.conflict("The archive of the commit was given up meanwhile.");
    }

    private static Ingress ingress(
            Repo repo, Change change, Connection connection, Commits.Commit commit, String standard, boolean trusted) {
        Optional<PullRequest> pull = change.details().pullRequest();
        String branch = pull.map(PullRequest::branch).orElse(change.is(Change.Kind.TAG) ? "" : change.name());
        String commitUrl = change.details().url().isEmpty()
                ? connection.commitPage(commit.sha()).orElse("")
                : change.details().url();
        String sender = change.details().sender().name();
        return new Ingress(
                repo.identifier(),
                branch,
                change.is(Change.Kind.TAG) ? change.name() : "",
                connection.remote().address().toString(),
                commit.message(),
                commit.sha(),
                commitUrl,
                change.details().compareUrl(),
                pull.isPresent(),
                branch.equals(standard),
                pull.map(PullRequest::number).orElse(0L),
                pull.map(PullRequest::url).orElse(""),
                pull.map(PullRequest::title).orElse(""),
                pull.map(PullRequest::body).orElse(""),
                sender.isEmpty() ? pull.map(PullRequest::author).orElse(commit.author()) : sender,
                change.details().sender().avatarUrl(),
                change.details().sender().url(),
                trusted);
    }
}
