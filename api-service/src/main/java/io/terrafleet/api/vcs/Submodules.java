package io.terrafleet.api.vcs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What {@code .gitmodules} names, each pinned to a commit by the tree. */
final class Submodules {
    private Submodules() {}

    /** @param remote with a token only for the host that the token is for */
    record Submodule(String path, Remote remote, String commit) {}

    static List<Submodule> of(Repository repository, ObjectId tree, Remote parent)
            throws IOException, RepositoryRefused {
        Optional<byte[]> text = Commits.blob(repository, tree, ".gitmodules");
        if (text.isEmpty()) {
            return List.of();
        }
        Config modules = new Config();
        try {
            modules.fromText(new String(text.get(), StandardCharsets.UTF_8));
        } catch (ConfigInvalidException e) {
            throw Commits.unreadable(".gitmodules", e);
        }
        List<Submodule> found = new ArrayList<>();
        for (String name : modules.getSubsections("submodule")) {
            String path = modules.getString("submodule", name, "path");
            String url = modules.getString("submodule", name, "url");
            Optional<String> commit = path == null ? Optional.empty() : pinned(repository, tree, path);
            if (commit.isEmpty() || url == null) {
                continue;
            }
            found.add(new Submodule(String.valueOf(path), remote(parent, name, url), commit.get()));
        }
        return List.copyOf(found);
    }

    private static Optional<String> pinned(Repository repository, ObjectId tree, String path) throws IOException {
        try (TreeWalk at = TreeWalk.forPath(repository, path, tree)) {
            return at == null || !FileMode.GITLINK.equals(at.getRawMode(0))
                    ? Optional.empty()
                    : Optional.of(at.getObjectId(0).name());
        }
    }

    private static Remote remote(Remote parent, String name, String url) throws RepositoryRefused {
        URI address = address(parent, name, url);
        boolean sameHost = String.valueOf(address.getHost())
                .toLowerCase(Locale.ROOT)
                .equals(String.valueOf(parent.address().getHost()).toLowerCase(Locale.ROOT));
        boolean samePort = address.getPort() == parent.address().getPort()
                && String.valueOf(address.getScheme()).equals(parent.address().getScheme());
        return new Remote(address, sameHost && samePort ? parent.token() : Optional.empty(), parent.sshKey());
    }

    private static URI address(Remote parent, String name, String url) throws RepositoryRefused {
        try {
            if (url.startsWith("./") || url.startsWith("../")) {
                return URI.create(parent.address() + "/").resolve(url).normalize();
            }
            int colon = url.indexOf(':');
            boolean shortForm = !url.contains("://") && colon > 0;
            return URI.create(shortForm ? "ssh://" + url.substring(0, colon) + "/" + url.substring(colon + 1) : url);
        } catch (IllegalArgumentException e) {
            throw RepositoryRefused.forGood("the address of its submodule " + name + " cannot be read");
        }
    }
}
