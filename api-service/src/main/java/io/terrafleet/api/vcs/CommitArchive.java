package io.terrafleet.api.vcs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The files of a commit below a directory, as a tar.gz in which that directory is the root. Files, executables and symbolic links; submodules
 * are left out. The same commit gives the same archive.
 */
final class CommitArchive {
    private final Repository repository;
    private final String path;
    private final long mostBytes;
    private final int mostEntries;
    private long bytes;
    private int entries;

    /** @param path empty for the whole of the commit */
    CommitArchive(Repository repository, String path, long mostBytes, int mostEntries) {
        this.repository = repository;
        this.path = path;
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
    }

    byte[] of(RevCommit commit) throws IOException, RepositoryRefused {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GZIPOutputStream(packed), StandardCharsets.UTF_8.name());
                TreeWalk files = new TreeWalk(repository)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            files.addTree(commit.getTree());
            files.setRecursive(true);
            if (!path.isEmpty()) {
                files.setFilter(PathFilter.create(path));
            }
            while (files.next()) {
                add(tar, files);
            }
        }
        if (entries == 0) {
            throw new RepositoryRefused(
                    path.isEmpty() ? "the commit holds no files" : "the commit holds no files below " + path);
        }
        return packed.toByteArray();
    }

    private void add(TarArchiveOutputStream tar, TreeWalk files) throws IOException, RepositoryRefused {
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
            throw new RepositoryRefused("the commit holds more than " + mostEntries + " files or " + mostBytes
                    + " bytes below its directory");
        }
        String name =
                path.isEmpty() ? files.getPathString() : files.getPathString().substring(path.length() + 1);
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
