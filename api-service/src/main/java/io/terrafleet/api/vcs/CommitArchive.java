package io.terrafleet.api.vcs;

import io.terrafleet.api.vcs.Submodules.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The files of a commit below a directory, as a tar.gz in which that directory is the root. Files, executables and symbolic links;
 * submodules where they are wanted. The same commit gives the same archive.
 */
final class CommitArchive {
    private final Optional<Submodules> submodules;
    private final String path;
    private final long mostBytes;
    private final int mostEntries;
    private long bytes;
    private int entries;

    /**
     * @param submodules left out when empty
     * @param path empty for the whole of the commit
     */
    CommitArchive(Optional<Submodules> submodules, String path, long mostBytes, int mostEntries) {
        this.submodules = submodules;
        this.path = path;
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
    }

    byte[] of(Tree tree) throws IOException, RepositoryRefused {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(packed), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(tar, tree, path, "");
        }
        if (entries == 0) {
            throw new RepositoryRefused(
                    path.isEmpty() ? "the commit holds no files" : "the commit holds no files below " + path);
        }
        return packed.toByteArray();
    }

    /**
     * @param below the directory of the tree whose files are taken; empty for all
     * @param into the directory of the archive in which they lie, with a slash behind; empty for its root
     */
    private void add(TarArchiveOutputStream tar, Tree tree, String below, String into)
            throws IOException, RepositoryRefused {
        if (submodules.isPresent()) {
            Optional<Map.Entry<String, ObjectId>> holder = submodules.get().holding(tree, below);
            if (holder.isPresent()) {
                String place = holder.get().getKey();
                Tree inside = submodules.get().at(tree, place, holder.get().getValue());
                add(tar, inside, below.substring(place.length() + 1), into);
                return;
            }
        }
        try (TreeWalk files = new TreeWalk(tree.repository())) {
            files.addTree(tree.commit().getTree());
            files.setRecursive(true);
            if (!below.isEmpty()) {
                files.setFilter(PathFilter.create(below));
            }
            while (files.next()) {
                String found = files.getPathString();
                String name = below.isEmpty() ? found : found.substring(Math.min(found.length(), below.length() + 1));
                if (!files.getFileMode(0).equals(FileMode.GITLINK)) {
                    add(tar, tree.repository(), files, into + name);
                } else if (submodules.isPresent()) {
                    Tree inside = submodules.get().at(tree, found, files.getObjectId(0));
                    add(tar, inside, "", name.isEmpty() ? into : into + name + "/");
                }
            }
        }
    }

    private void add(TarArchiveOutputStream tar, Repository repository, TreeWalk files, String name)
            throws IOException, RepositoryRefused {
        FileMode mode = files.getFileMode(0);
        boolean link = mode.equals(FileMode.SYMLINK);
        boolean executable = mode.equals(FileMode.EXECUTABLE_FILE);
        if (!link && !executable && !mode.equals(FileMode.REGULAR_FILE)) {
            return;
        }
        if (name.isEmpty()) {
            throw new RepositoryRefused(path + " is a file and not a directory");
        }
        ObjectLoader content = repository.open(files.getObjectId(0));
        entries++;
        bytes += content.getSize();
        if (entries > mostEntries || bytes > mostBytes) {
            throw new RepositoryRefused("the commit holds more than " + mostEntries + " files or " + mostBytes
                    + " bytes below its directory");
        }
        TarArchiveEntry entry = link ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK) : new TarArchiveEntry(name);
        entry.setModTime(0L);
        entry.setIds(0, 0);
        entry.setNames("", "");
        if (link) {
            entry.setLinkName(new String(content.getBytes(), StandardCharsets.UTF_8));
            entry.setSize(0);
        } else {
            entry.setMode(executable ? 0100755 : 0100644);
            entry.setSize(content.getSize());
        }
        tar.putArchiveEntry(entry);
        if (!link) {
            content.copyTo(tar);
        }
        tar.closeArchiveEntry();
    }
}
