package io.terrafleet.api.configuration;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar.gz to its end without writing anything, and refuses what could harm whoever unpacks it: paths and links that leave the
 * tree, hard links, devices, too much of anything. Memory stays small whatever the archive claims.
 */
public final class ArchiveCheck {
    private static final int BUFFER = 64 * 1024;
    /** Padding, header and the extended headers of one entry. */
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    private final ArchiveLimits limits;
    private final ArchivePaths paths;

    private ArchiveCheck(ArchiveLimits limits) {
        this.limits = limits;
        this.paths = new ArchivePaths(limits.pathLength());
    }

    /** @param packed read to its end, not closed; its own failures leave as {@link UncheckedIOException} */
    public static void check(InputStream packed, ArchiveLimits limits) throws ArchiveRefused {
        new ArchiveCheck(limits).read(packed);
    }

    private void read(InputStream packed) throws ArchiveRefused {
        try {
            Bounded unpacked = new Bounded(new GZIPInputStream(new Source(packed), BUFFER), limits.unpackedBytes());
            TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, StandardCharsets.UTF_8.name());
            byte[] buffer = new byte[BUFFER];
            int entries = 0;
            for (TarArchiveEntry entry = next(tar, unpacked); entry != null; entry = next(tar, unpacked)) {
                if (++entries > limits.entries()) {
                    throw new ArchiveRefused(
                            "The archive is refused: it has more than " + limits.entries() + " entries.");
                }
                judge(entry);
                drain(tar, buffer);
            }
            drain(unpacked, buffer);
            if (entries == 0) {
                throw new ArchiveRefused(
                        "The archive is empty; it should hold the files of a Terraform configuration.");
            }
            paths.requireNothingBelowLinks();
        } catch (TooLarge e) {
            throw new ArchiveRefused(e.sentence);
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveRefused(
                    "The archive is not a readable tar.gz file: it is broken, cut short or something else.");
        }
    }

    private void judge(TarArchiveEntry entry) throws ArchiveRefused {
        String name = entry.getName();
        if (entry.isSymbolicLink()) {
            paths.addLink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            throw ArchiveRefused.entry(name, "is a hard link; only files, directories and symbolic links are accepted");
        } else if (entry.isSparse() || !(entry.isDirectory() || entry.isFile()) || special(entry)) {
            throw ArchiveRefused.entry(
                    name, "is a device or other special file; only files, directories and symbolic links are accepted");
        } else {
            paths.add(name);
        }
    }

    private static boolean special(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice();
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Bounded unpacked) throws IOException {
        unpacked.allow(MOST_HEADER_BYTES);
        TarArchiveEntry entry = tar.getNextEntry();
        unpacked.allow(Long.MAX_VALUE);
        return entry;
    }

    private static void drain(InputStream stream, byte[] buffer) throws IOException {
        while (stream.read(buffer) >= 0) {
            // what counts is that it can be read
        }
    }

    /** Tells failures of where the archive lies from faults of the archive. */
    private static final class Source extends FilterInputStream {
        Source(InputStream packed) {
            super(packed);
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Counts what comes out of the compression, in all and since {@link #allow}. */
    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long left;
        private long allowed = Long.MAX_VALUE;

        Bounded(InputStream unpacked, long most) {
            super(unpacked);
            this.most = most;
            this.left = most;
        }

        void allow(long bytes) {
            allowed = bytes;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            spend(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            spend(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(Math.min(bytes, BUFFER));
            spend(skipped);
            return skipped;
        }

        private void spend(long bytes) throws TooLarge {
            left -= bytes;
            allowed -= bytes;
            if (left < 0) {
                throw new TooLarge("The archive is refused: it unpacks to more than " + most + " bytes.");
            }
            if (allowed < 0) {
                throw new TooLarge("The archive is refused: the headers of an entry have more than " + MOST_HEADER_BYTES
                        + " bytes.");
            }
        }
    }

    private static final class TooLarge extends IOException {
        final String sentence;

        TooLarge(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }
    }
}
