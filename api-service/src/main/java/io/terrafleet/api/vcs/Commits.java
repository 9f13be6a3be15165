package io.terrafleet.api.vcs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Commits of one repository that were fetched, as long as {@link Repositories#explore} lets one look at them. */
public final class Commits {
    private static final int MOST_TEXT = 1_000_000;
    private static final List<String> CONFIGURATION = List.of(".tf", ".tf.json", ".tofu", ".tofu.json");

    private final Repository repository;
    private final Fetching fetching;

    Commits(Repository repository, Fetching fetching) {
        this.repository = repository;
        this.fetching = fetching;
    }

    /** Brings commits here; of each source the commit that it is. */
    interface Fetching {
        List<String> fetch(List<String> sources, int depth) throws IOException, RepositoryRefused;

        /** The archive's parts that are the submodules of a tree. */
        List<CommitArchive.Part> submodules(Repository of, String tree) throws IOException, RepositoryRefused;
    }

    /**
     * @param sha 40 hexadecimal digits, as of its tree
     * @param message at most 10,000 characters
     */
    public record Commit(String sha, String tree, String message, String author) {}

    /**
     * What became of two commits put together.
     *
     * @param tree empty when they contradict each other
     * @param conflicts the paths in which they do
     */
    public record Merge(Optional<String> tree, List<String> conflicts) {}

    /**
     * @param sources commits (40 hexadecimal digits, where the host gives those) or names such as {@code refs/heads/main}
     * @param depth how many commits of the history come along, 0 for all
     * @return the commits, in the order of the sources
     */
    public List<String> fetch(List<String> sources, int depth) throws IOException, RepositoryRefused {
        return fetching.fetch(sources, depth);
    }

    /** Whether the commit was fetched already. */
    public boolean here(String sha) throws IOException {
        return repository.getObjectDatabase().has(ObjectId.fromString(sha));
    }

    /** Whether it is here, or comes by {@link #fetch} of one commit by its hash, which a host need not give. */
    public boolean has(String sha) throws IOException {
        if (here(sha)) {
            return true;
        }
        try {
            fetching.fetch(List.of(sha), 1);
            return true;
        } catch (IOException | RepositoryRefused e) {
            return here(sha);
        }
    }

    public Commit commit(String sha) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(sha));
            String message = commit.getFullMessage().replace("\0", "");
            return new Commit(
                    commit.name(),
                    commit.getTree().name(),
                    message.length() > 10_000 ? message.substring(0, 10_000) : message,
                    commit.getAuthorIdent().getName().replace("\0", ""));
        }
    }

    /** The paths in which two trees differ. */
    public SortedSet<String> changed(String before, String after) throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(ObjectId.fromString(before));
            walk.addTree(ObjectId.fromString(after));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
        }
        return paths;
    }

    /** Whether there is a commit that both come from, among those that are here. */
    public boolean related(String one, String other) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
            return walk.next() != null;
        } catch (MissingObjectException atTheEdge) {
            return false;
        }
    }

    public Merge merge(String base, String head) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            RecursiveMerger merger = (RecursiveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
            merger.setObjectInserter(inserter);
            boolean clean = merger.merge(ObjectId.fromString(base), ObjectId.fromString(head));
            inserter.flush();
            return clean
                    ? new Merge(Optional.of(merger.getResultTreeId().name()), List.of())
                    : new Merge(
                            Optional.empty(),
                            merger.getUnmergedPaths().stream().sorted().toList());
        }
    }

    /** The texts of the files of a directory itself, by name. */
    public Map<String, String> texts(String tree, String directory, String suffix) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(ObjectId.fromString(tree));
            walk.setRecursive(true);
            TreeFilter wanted = PathSuffixFilter.create(suffix);
            walk.setFilter(directory.isEmpty() ? wanted : AndTreeFilter.create(PathFilter.create(directory), wanted));
            while (walk.next()) {
                String path = walk.getPathString();
                String name = directory.isEmpty() ? path : path.substring(directory.length() + 1);
                boolean file = (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
                if (!name.contains("/") && file) {
                    ObjectLoader content = repository.open(walk.getObjectId(0));
                    if (content.getSize() <= MOST_TEXT) {
                        texts.put(name, new String(content.getBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return texts;
    }

    /**
     * A file of a configuration.
     *
     * @param whole whether it is small enough to be read; otherwise its content is empty here
     */
    public record File(String content, boolean whole) {}

    /** Files of a directory itself in which configuration may be, whatever speaks it, by name. */
    public Map<String, File> configuration(String tree, String directory) throws IOException {
        Map<String, File> files = new TreeMap<>();
        Optional<ObjectId> found = directory(tree, directory);
        if (found.isEmpty()) {
            return files;
        }
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(found.get());
            while (walk.next()) {
                String name = walk.getPathString();
                boolean file = (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
                if (file && CONFIGURATION.stream().anyMatch(name::endsWith)) {
                    ObjectLoader content = repository.open(walk.getObjectId(0));
                    boolean whole = content.getSize() <= MOST_TEXT;
                    String text = whole ? new String(content.getBytes(), StandardCharsets.UTF_8) : "";
                    files.put(name, new File(text, whole));
                }
            }
        }
        return files;
    }

    private Optional<ObjectId> directory(String tree, String path) throws IOException {
        ObjectId root = ObjectId.fromString(tree);
        if (path.isEmpty()) {
            return Optional.of(root);
        }
        try (TreeWalk found = TreeWalk.forPath(repository, path, root)) {
            return found != null && found.isSubtree() ? Optional.of(found.getObjectId(0)) : Optional.empty();
        }
    }

    /** What leads elsewhere: symbolic links, submodules and the file that says where those are; by path, with the hash of what they say. */
    public Map<String, String> links(String tree) throws IOException {
        Map<String, String> links = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(ObjectId.fromString(tree));
            walk.setRecursive(true);
            while (walk.next()) {
                FileMode mode = walk.getFileMode(0);
                if (mode.equals(FileMode.SYMLINK)
                        || mode.equals(FileMode.GITLINK)
                        || walk.getPathString().equals(".gitmodules")) {
                    links.put(
                            walk.getPathString(),
                            mode + " " + walk.getObjectId(0).name());
                }
            }
        }
        return links;
    }

    /** A tar.gz of the whole tree without what {@code .terraformignore} names. */
    public byte[] archive(String tree, boolean submodules, Repositories.Bounds bounds)
            throws IOException, RepositoryRefused {
        return new CommitArchive("", bounds, ignored(ObjectId.fromString(tree))).of(parts(tree, submodules));
    }

    /** A tar.gz of what is below a directory of the commit, whatever it is. */
    byte[] below(String path, String commit, boolean submodules, Repositories.Bounds bounds)
            throws IOException, RepositoryRefused {
        return new CommitArchive(path, bounds, IgnoredPaths.none())
                .of(parts(commit(commit).tree(), submodules));
    }

    private List<CommitArchive.Part> parts(String tree, boolean submodules) throws IOException, RepositoryRefused {
        List<CommitArchive.Part> parts = new ArrayList<>();
        parts.add(new CommitArchive.Part(repository, ObjectId.fromString(tree), ""));
        if (submodules) {
            parts.addAll(fetching.submodules(repository, tree));
        }
        return parts;
    }

    private IgnoredPaths ignored(ObjectId tree) throws IOException {
        Optional<byte[]> text = blob(repository, tree, IgnoredPaths.FILE);
        return text.isPresent() ? IgnoredPaths.of(text.get()) : IgnoredPaths.none();
    }

    static Optional<byte[]> blob(Repository repository, ObjectId tree, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, path, tree)) {
            if (found == null || (found.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                return Optional.empty();
            }
            ObjectLoader content = repository.open(found.getObjectId(0), Constants.OBJ_BLOB);
            return content.getSize() > MOST_TEXT ? Optional.empty() : Optional.of(content.getBytes());
        }
    }

    /** For who does not find it among what was fetched. */
    public RepositoryRefused lost(String commit) {
        return RepositoryRefused.forGood("it has no commit " + commit + " any more");
    }

    /** Another try finds it where it is then. */
    public RepositoryRefused moved(String commit) {
        return new RepositoryRefused("the pull request is not at " + commit + " any more");
    }

    public RepositoryRefused unrelated(String base) {
        return RepositoryRefused.forGood("the pull request has no history in common with " + base);
    }

    public RepositoryRefused conflict(String base, List<String> paths) {
        List<String> first = paths.subList(0, Math.min(5, paths.size()));
        return RepositoryRefused.forGood("the pull request cannot be merged into " + base + ": conflicts in "
                + String.join(", ", first) + (paths.size() > 5 ? " and " + (paths.size() - 5) + " more" : ""));
    }

    /** Thrown by JGit for a file of settings that cannot be read. */
    static RepositoryRefused unreadable(String file, ConfigInvalidException why) {
        return RepositoryRefused.forGood("its " + file + " cannot be read: " + why.getMessage());
    }
}
