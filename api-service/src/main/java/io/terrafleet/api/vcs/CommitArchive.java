package io.terrafleet.api.vcs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 * The files of trees as one tar.gz: those below a directory of the first, in which that directory is the root, and those of submodules at
 * their places. Files, executables and symbolic links. The same trees give the same archive.
 */
final class CommitArchive {
    private static final String POINTER = "version https://git-lfs.github.com/spec/";
    private static final int LONGEST_POINTER = 1_024;

    private final String path;
    private final long mostBytes;
    private final int mostEntries;
    private final IgnoredPaths ignored;
    private long bytes;
    private int entries;

    /**
     * A tree and where it is put.
     *
     * @param prefix empty, or a directory with a slash at its end
     */
    record Part(Repository repository, ObjectId tree, String prefix) {}

    /** @param path empty for the whole of the first part */
    CommitArchive(String path, Repositories.Bounds bounds, IgnoredPaths ignored) {
        this.path = path;
        this.mostBytes = bounds.bytes();
        this.mostEntries = bounds.files();
        this.ignored = ignored;
    }

    byte[] of(List<Part> parts) throws IOException, RepositoryRefused {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(packed), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Part part : parts) {
                addAll(tar, part);
            }
        }
        if (entries == 0) {
            throw RepositoryRefused.forGood(
                    path.isEmpty() ? "the commit holds no files" : "the commit holds no files below " + path);
        }
        return packed.toByteArray();
    }

    private void addAll(TarArchiveOutputStream tar, Part part) throws IOException, RepositoryRefused {
        try (TreeWalk files = new TreeWalk(part.repository())) {
            files.addTree(part.tree());
            if (!path.isEmpty() && part.prefix().isEmpty()) {
                files.setFilter(PathFilter.create(path));
            }
            while (files.next()) {
                String name = part.prefix() + files.getPathString();
                if (ignored.contains(name, files.isSubtree())) {
                    continue;
                }
                if (files.isSubtree()) {
                    files.enterSubtree();
                } else {
                    add(tar, part.repository(), files, name);
                }
            }
        }
    }

    private void add(TarArchiveOutputStream tar, Repository repository, TreeWalk files, String name)
            throws IOException, RepositoryRefused {
        if (!path.isEmpty() && !name.startsWith(path + "/")) {
            return;
        }
        FileMode mode = files.getFileMode(0);
        boolean link = mode.equals(FileMode.SYMLINK);
        boolean executable = mode.equals(FileMode.EXECUTABLE_FILE);
        if (!link && !executable && !mode.equals(FileMode.REGULAR_FILE)) {
            return;
        }
        ObjectLoader content = repository.open(files.getObjectId(0));
        entries++;
        bytes += content.getSize();
        if (entries > mostEntries || bytes > mostBytes) {
            throw RepositoryRefused.forGood("the commit holds more than " + mostEntries + " files or " + mostBytes
                    + " bytes below its directory");
        }
        refusePointer(content, name);
        TarArchiveEntry entry = entry(path.isEmpty() ? name : name.substring(path.length() + 1), link);
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

    private static TarArchiveEntry entry(String name, boolean link) {
        TarArchiveEntry entry = link ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK) : new TarArchiveEntry(name);
        entry.setModTime(0L);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    /** What Git LFS keeps elsewhere is not in the commit: a run would find the pointer in the place of the file. */
    private static void refusePointer(ObjectLoader content, String name) throws IOException, RepositoryRefused {
        if (content.getSize() <= LONGEST_POINTER
                && new String(content.getBytes(), StandardCharsets.UTF_8).startsWith(POINTER)) {
            throw RepositoryRefused.forGood(
                    "its file " + name
                            + " is kept in Git LFS, which is not fetched; name it in .terraformignore if terraform does not need it");
        }
    }
}
