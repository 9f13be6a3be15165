package io.terrafleet.api.vcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;

/** A directory with what was fetched of one repository, and of its submodules. */
final class Shelf implements Commits.Fetching, AutoCloseable {
    private static final String TAKEN = "refs/terrafleet/taken-";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int DEEPEST_SUBMODULE = 5;

    /** Of all depths together. */
    private static final int MOST_SUBMODULES = 20;

    private final Repositories repositories;
    private final Path directory;
    private final Remote remote;
    private final Budget budget;
    private final Repository repository;
    private final List<Shelf> submodules = new ArrayList<>();

    /** @param directory empty, or with what was fetched of the same repository before */
    Shelf(Repositories repositories, Path directory, Remote remote, Budget budget) throws IOException {
        this.repositories = repositories;
        this.directory = directory;
        this.remote = remote;
        this.budget = budget;
        this.repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        if (!repository.getObjectDatabase().exists()) {
            repository.create(true);
            // It does not live long enough to be tidied up; in the background even the question makes a file, after
            // the end.
            repository.getConfig().setInt("gc", null, "auto", 0);
            repository.getConfig().setBoolean("gc", null, "autodetach", false);
            repository.getConfig().save();
        }
    }

    Repository repository() {
        return repository;
    }

    @Override
    public List<String> fetch(List<String> sources, int depth) throws IOException, RepositoryRefused {
        List<RefSpec> specs = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            specs.add(new RefSpec("+" + sources.get(i) + ":" + TAKEN + i));
        }
        repositories.fetch(repository, remote, specs, depth, new Watch(directory, repositories.mostBytes(), budget));
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            commits.add(commit(sources.get(i), TAKEN + i));
        }
        return commits;
    }

    private String commit(String source, String name) throws IOException, RepositoryRefused {
        Ref ref = repository.exactRef(name);
        ObjectId taken = ref == null ? null : ref.getObjectId();
        if (taken == null && COMMIT.matcher(source).matches()) {
            taken = ObjectId.fromString(source);
        }
        if (taken == null || !repository.getObjectDatabase().has(taken)) {
            throw new RepositoryRefused(
                    "it has no " + (source.equals("HEAD") ? "commit" : source.replaceFirst("^refs/(heads|tags)/", "")));
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(taken).name();
        }
    }

    @Override
    public List<CommitArchive.Part> submodules(Repository of, String tree) throws IOException, RepositoryRefused {
        return submodules(of, ObjectId.fromString(tree), remote, "", DEEPEST_SUBMODULE);
    }

    private List<CommitArchive.Part> submodules(Repository of, ObjectId tree, Remote parent, String prefix, int depth)
            throws IOException, RepositoryRefused {
        List<CommitArchive.Part> parts = new ArrayList<>();
        for (Submodules.Submodule submodule :
                depth == 0 ? List.<Submodules.Submodule>of() : Submodules.of(of, tree, parent)) {
            String at = prefix + submodule.path() + "/";
            Shelf shelf = shelf(submodule);
            ObjectId root = tree(shelf, submodule);
            parts.add(new CommitArchive.Part(shelf.repository, root, at));
            parts.addAll(submodules(shelf.repository, root, submodule.remote(), at, depth - 1));
        }
        return parts;
    }

    private Shelf shelf(Submodules.Submodule submodule) throws IOException, RepositoryRefused {
        if (submodules.size() == MOST_SUBMODULES) {
            throw RepositoryRefused.forGood("it has more than " + MOST_SUBMODULES + " submodules");
        }
        Optional<String> objection = repositories.objection(submodule.remote().address());
        if (objection.isPresent()) {
            throw RepositoryRefused.forGood("its submodule " + submodule.path() + ": " + objection.get());
        }
        Path place = Files.createTempDirectory(directory, "submodule-");
        Shelf shelf = new Shelf(repositories, place, submodule.remote(), budget);
        submodules.add(shelf);
        return shelf;
    }

    private ObjectId tree(Shelf shelf, Submodules.Submodule submodule) throws RepositoryRefused {
        try {
            String commit = shelf.fetch(List.of(submodule.commit()), 1).getFirst();
            return ObjectId.fromString(
                    new Commits(shelf.repository, shelf).commit(commit).tree());
        } catch (IOException | RepositoryRefused e) {
            throw Repositories.refused(submodule.remote(), e, budget).of("its submodule " + submodule.path());
        }
    }

    @Override
    public void close() {
        submodules.forEach(Shelf::close);
        repository.close();
    }
}
