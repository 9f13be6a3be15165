package io.terrafleet.api.vcs;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The submodules of a commit, at the commits that it names. They are had from the host of the repository itself and from no other, so that
 * its token goes nowhere else; within the time and the bytes of the whole fetch.
 */
final class Submodules {
    private static final int MOST = 20;
    private static final int DEEPEST = 5;
    private static final String FILE = ".gitmodules";

    private final Fetching fetching;
    private int taken;

    Submodules(Fetching fetching) {
        this.fetching = fetching;
    }

    /** Fetches one commit of a repository; whoever has made this closes it. */
    @FunctionalInterface
    interface Fetching {
        Repository of(Remote remote, ObjectId commit) throws IOException, URISyntaxException, RepositoryRefused;
    }

    /**
     * A commit whose files are taken.
     *
     * @param depth 0 for the repository itself
     */
    record Tree(Repository repository, RevCommit commit, Remote remote, int depth) {}

    /** The submodule at a path of a tree. */
    Tree at(Tree parent, String path, ObjectId commit) throws IOException, RepositoryRefused {
        if (++taken > MOST || parent.depth() == DEEPEST) {
            throw new RepositoryRefused(
                    "it has more than " + MOST + " submodules, or they nest more than " + DEEPEST + " deep");
        }
        Remote remote = remote(parent, path);
        try {
            Repository repository = fetching.of(remote, commit);
            try (RevWalk walk = new RevWalk(repository)) {
                return new Tree(repository, walk.parseCommit(commit), remote, parent.depth() + 1);
            }
        } catch (URISyntaxException e) {
            throw new RepositoryRefused("submodule " + path + ": its address is not valid");
        } catch (RepositoryRefused e) {
            throw new RepositoryRefused("submodule " + path + ": " + e.reason());
        }
    }

    /** The submodule that holds a path, with the path in it; empty when none does. */
    Optional<Map.Entry<String, ObjectId>> holding(Tree tree, String path) throws IOException, RepositoryRefused {
        for (String place : addresses(tree).keySet()) {
            if (path.startsWith(place + "/")) {
                @Nullable
                TreeWalk found =
                        TreeWalk.forPath(tree.repository(), place, tree.commit().getTree());
                if (found != null && found.getFileMode(0).equals(FileMode.GITLINK)) {
                    return Optional.of(Map.entry(place, found.getObjectId(0)));
                }
            }
        }
        return Optional.empty();
    }

    private static Remote remote(Tree parent, String path) throws IOException, RepositoryRefused {
        String address = addresses(parent).get(path);
        if (address == null) {
            throw new RepositoryRefused("submodule " + path + ": " + FILE + " does not say where it is");
        }
        URI base = parent.remote().address();
        URI uri;
        try {
            boolean relative = address.startsWith("./") || address.startsWith("../");
            uri = relative ? new URI(base.toString().replaceAll("/+$", "") + "/").resolve(address) : new URI(address);
        } catch (URISyntaxException e) {
            throw new RepositoryRefused("submodule " + path + ": its address is not one such as ../policies.git");
        }
        if (!sameDoor(uri, base)) {
            throw new RepositoryRefused("submodule " + path + ": its address must be relative, or at "
                    + base.getScheme() + "://" + base.getRawAuthority() + " like the repository's own");
        }
        return new Remote(uri, parent.remote().token(), parent.remote().sshKey());
    }

    private static boolean sameDoor(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(String.valueOf(other.getScheme()))
                && String.valueOf(one.getRawAuthority()).equalsIgnoreCase(String.valueOf(other.getRawAuthority()));
    }

    private static Map<String, String> addresses(Tree tree) throws IOException, RepositoryRefused {
        Map<String, String> addresses = new TreeMap<>();
        try {
            if (TreeWalk.forPath(tree.repository(), FILE, tree.commit().getTree()) == null) {
                return addresses;
            }
            Config config = new BlobBasedConfig(null, tree.repository(), tree.commit(), FILE);
            for (String name : config.getSubsections("submodule")) {
                String path = config.getString("submodule", name, "path");
                String url = config.getString("submodule", name, "url");
                if (path != null && url != null) {
                    addresses.put(path, url);
                }
            }
            return addresses;
        } catch (ConfigInvalidException e) {
            throw new RepositoryRefused(FILE + " cannot be read");
        }
    }
}
