package io.terrafleet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A repository of a {@link GitForge}, and somebody's clone of it from which is really pushed. */
public final class ForgeRepository {
    private volatile URI address;
    private final Repository bare;
    private final Git work;

    ForgeRepository(String name, Path directory, URI base) {
        address = base.resolve("/" + name + ".git");
        try {
            bare = new FileRepositoryBuilder()
                    .setGitDir(directory.resolve("bare.git").toFile())
                    .setBare()
                    .build();
            bare.create(true);
            bare.getConfig().setBoolean("uploadpack", null, "allowReachableSHA1InWant", true);
            bare.getConfig().save();
            bare.updateRef(Constants.HEAD).link("refs/heads/main");
            work = Git.init()
                    .setDirectory(directory.resolve("work").toFile())
                    .setInitialBranch("main")
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    Repository bare() {
        return bare;
    }

    void moveTo(URI to) {
        address = to;
    }

    /**
     * Gives up what the branch has since main's first commit, and pushes something else in its place.
     *
     * @return the commit
     */
    public String force(String branch, String message, Map<String, String> files) {
        try {
            if (!work.getRepository().getBranch().equals(branch)) {
                work.checkout().setName(branch).call();
            }
            String first = Constants.HEAD;
            for (RevCommit commit : work.log().call()) {
                first = commit.name();
            }
            work.reset().setMode(ResetCommand.ResetType.HARD).setRef(first).call();
            return push("+", branch, message, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Commits the files to a branch, which begins where main is when it is new, and pushes it over HTTP.
     *
     * @return the commit
     */
    public String push(String branch, String message, Map<String, String> files) {
        try {
            boolean born = work.getRepository().resolve(Constants.HEAD) != null;
            if (born && !work.getRepository().getBranch().equals(branch)) {
                boolean known = work.getRepository().findRef("refs/heads/" + branch) != null;
                work.checkout()
                        .setName(branch)
                        .setCreateBranch(!known)
                        .setStartPoint(known ? null : "main")
                        .call();
            }
            return push("", branch, message, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private String push(String forced, String branch, String message, Map<String, String> files)
            throws IOException, GitAPIException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = work.getRepository().getWorkTree().toPath().resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        work.add().addFilepattern(".").call();
        String commit = work.commit()
                .setMessage(message)
                .setAuthor("ada", "ada@example.com")
                .setCommitter("ada", "ada@example.com")
                .setSign(false)
                .call()
                .name();
        send(forced + "refs/heads/" + branch + ":refs/heads/" + branch);
        return commit;
    }

    /** Tags the commit that the branch is at. */
    public void tag(String name) {
        try {
            work.tag().setName(name).setAnnotated(false).call();
            send("refs/tags/" + name + ":refs/tags/" + name);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes over what another repository has, as a fork does in the beginning. */
    public void forkOf(ForgeRepository other) {
        try {
            work.fetch()
                    .setRemote(other.address.toString())
                    .setCredentialsProvider(credentials())
                    .setRefSpecs(new RefSpec("+refs/heads/main:refs/heads/upstream"))
                    .call();
            work.checkout()
                    .setName("main")
                    .setCreateBranch(true)
                    .setStartPoint("upstream")
                    .call();
            send("refs/heads/main:refs/heads/main");
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(String spec) throws GitAPIException {
        work.push()
                .setRemote(address.toString())
                .setRefSpecs(new RefSpec(spec))
                .setCredentialsProvider(credentials())
                .call()
                .forEach(result -> result.getRemoteUpdates().forEach(update -> {
                    if (update.getMessage() != null) {
                        throw new IllegalStateException(update.toString());
                    }
                }));
    }

    private static UsernamePasswordCredentialsProvider credentials() {
        return new UsernamePasswordCredentialsProvider("ada", ForgeWeather.OWN_TOKEN);
    }

    /** Gives a name to where a branch of another repository, or of this one, is. */
    void take(ForgeRepository other, String branch, String name) throws IOException {
        ObjectId at = other.bare.resolve("refs/heads/" + branch);
        if (at == null) {
            return;
        }
        if (other != this) {
            try (Git git = new Git(bare)) {
                git.fetch()
                        .setRemote(other.bare.getDirectory().toURI().toString())
                        .setRefSpecs(new RefSpec("+refs/heads/" + branch + ":" + name))
                        .call();
            } catch (GitAPIException e) {
                throw new IllegalStateException(e);
            }
            return;
        }
        RefUpdate update = bare.updateRef(name);
        update.setNewObjectId(at);
        update.forceUpdate();
    }

    void close() {
        work.close();
        bare.close();
    }
}
