package io.terrafleet.policy.policyset;

import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the {@code .rego} files of a tar.gz. Other files are skipped; nothing is written anywhere, so names cannot climb. */
final class Bundle {
    /** In bytes, packed. */
    static final long MOST_PACKED = 10_000_000;

    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_FILE_BYTES = 2_000_000;
    private static final long MOST_BYTES = 20_000_000;

    private Bundle() {}

    /** The modules, tests ({@code *_test.rego}) left out. */
    static List<RegoModule> read(byte[] archive) throws PolicySetUnusable {
        List<RegoModule> modules = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            int entries = 0;
            long bytes = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries++;
                bytes += Math.max(entry.getSize(), 0);
                check(entries, bytes);
                if (isPolicy(entry)) {
                    modules.add(module(entry, tar));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new PolicySetUnusable("the bundle is not a tar.gz archive: " + e.getMessage());
        }
        if (modules.isEmpty()) {
            throw new PolicySetUnusable("the bundle holds no .rego file");
        }
        return modules;
    }

    /** Of version 1, or what only parses as version 0, as many policies do that were written for other tools. */
    private static RegoModule module(String name, String text) {
        try {
            return RegoModule.parse(name, text);
        } catch (RegoException notNew) {
            try {
                return RegoModule.parse(name, text, Language.V0);
            } catch (RegoException notOld) {
                notNew.addSuppressed(notOld);
                throw notNew;
            }
        }
    }

    private static void check(int entries, long bytes) throws PolicySetUnusable {
        if (entries > MOST_ENTRIES) {
            throw new PolicySetUnusable("the bundle has more than " + MOST_ENTRIES + " entries");
        }
        if (bytes > MOST_BYTES) {
            throw new PolicySetUnusable("the bundle unpacks to more than " + MOST_BYTES + " bytes");
        }
    }

    private static boolean isPolicy(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && entry.getName().endsWith(".rego")
                && !entry.getName().endsWith("_test.rego");
    }

    private static RegoModule module(TarArchiveEntry entry, TarArchiveInputStream tar)
            throws IOException, PolicySetUnusable {
        String name = entry.getName();
        if (entry.getSize() > MOST_FILE_BYTES) {
            throw new PolicySetUnusable(name + " is larger than " + MOST_FILE_BYTES + " bytes");
        }
        byte[] content = tar.readNBytes(MOST_FILE_BYTES + 1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return module(name, text);
        } catch (CharacterCodingException e) {
            throw new PolicySetUnusable(name + " is not UTF-8");
        } catch (RegoException e) {
            throw new PolicySetUnusable(e.errors().getFirst().toString());
        } catch (StackOverflowError e) {
            throw new PolicySetUnusable(name + " nests too deeply");
        }
    }
}
