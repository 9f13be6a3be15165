package io.terrafleet.api.ingress;

import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.vcs.Commits;
import io.terrafleet.api.vcs.RepositoryRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Brings the commits of a change here, with no more of their history than it takes. */
final class Fetching {
    /** Commits of history that are fetched until two branches are found to have one in common; 0 for all. */
    private static final List<Integer> DEPTHS = List.of(50, 1_000, 0);

    private Fetching() {}

    /**
     * @param commit that is told of
     * @param tree what is planned
     * @param base of a pull request: the tree that it is to be merged into
     * @param changed empty when that cannot be known
     */
    record Tree(Commits.Commit commit, String tree, Optional<String> base, Optional<SortedSet<String>> changed) {}

    /** @param merged whether the result of merging a pull request is planned, or its head */
    static Tree of(Commits commits, Change change, Host host, boolean merged) throws IOException, RepositoryRefused {
        return switch (change.kind()) {
            case PUSH, CONNECT -> branch(commits, change);
            case TAG -> tag(commits, change);
            case PULL -> pull(commits, change.pull(), host, merged);
        };
    }

    /**
     * What all that waits is about, as far as it is known, in one go.
     *
     * @param branches with how many of their newest commits are wanted
     */
    static void together(Commits commits, Map<String, Integer> branches) throws IOException, RepositoryRefused {
        int most = branches.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        commits.fetch(
                branches.keySet().stream().map(name -> "refs/heads/" + name).toList(),
                Math.min(most + 1, DEPTHS.getFirst()));
    }

    /**
     * By the branch's name, which every host gives; by the commit where the branch has moved on. The commit before comes along, which often is the
     * one that it is compared with.
     */
    private static Tree branch(Commits commits, Change change) throws IOException, RepositoryRefused {
        if (!commits.here(change.commit())) {
            String at = commits.fetch(List.of("refs/heads/" + change.name()), 2).getFirst();
            if (!at.equals(change.commit()) && !commits.has(change.commit())) {
                throw commits.lost(change.commit());
            }
        }
        Commits.Commit commit = commits.commit(change.commit());
        return new Tree(commit, commit.tree(), Optional.empty(), changed(commits, change.before(), commit));
    }

    private static Optional<SortedSet<String>> changed(Commits commits, Optional<String> before, Commits.Commit commit)
            throws IOException {
        return before.isPresent() && commits.has(before.get())
                ? Optional.of(commits.changed(commits.commit(before.get()).tree(), commit.tree()))
                : Optional.empty();
    }

    private static Tree tag(Commits commits, Change change) throws IOException, RepositoryRefused {
        String at = commits.fetch(List.of("refs/tags/" + change.name()), 1).getFirst();
        Commits.Commit commit = commits.commit(at);
        return new Tree(commit, commit.tree(), Optional.empty(), Optional.empty());
    }

    private static Tree pull(Commits commits, PullRequest pull, Host host, boolean merged)
            throws IOException, RepositoryRefused {
        String source = host.headRef(pull.number()).orElse(pull.fork() ? pull.head() : "refs/heads/" + pull.branch());
        for (int depth : DEPTHS) {
            List<String> fetched = commits.fetch(List.of("refs/heads/" + pull.base(), source), depth);
            String base = fetched.getFirst();
            if (!fetched.getLast().equals(pull.head())) {
                throw commits.moved(pull.head());
            }
            if (commits.related(base, pull.head())) {
                return put(commits, pull, base, merged);
            }
        }
        throw commits.unrelated(pull.base());
    }

    private static Tree put(Commits commits, PullRequest pull, String base, boolean merged)
            throws IOException, RepositoryRefused {
        Commits.Commit head = commits.commit(pull.head());
        Commits.Merge merge = commits.merge(base, pull.head());
        if (merge.tree().isEmpty() && merged) {
            throw commits.conflict(pull.base(), merge.conflicts());
        }
        String result = merge.tree().orElse(head.tree());
        String baseTree = commits.commit(base).tree();
        SortedSet<String> changed = commits.changed(baseTree, result);
        return new Tree(head, merged ? result : head.tree(), Optional.of(baseTree), Optional.of(changed));
    }
}
