package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.policy.PoliciesFile;
import io.terrafleet.contracts.policy.PoliciesUnreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads a version's archive as far as its judge will: {@code policies.hcl}, and whether there is Rego. Nothing is written. Without the
 * file the judge asks the rules that are named as conftest names them, and there must be one.
 */
final class PolicyArchive {
    /** What the judge takes, in bytes, packed. */
    static final int MOST_PACKED = 10_000_000;

    private static final int MOST_ENTRIES = 2_000;
    private static final long MOST_BYTES = 20_000_000;
    private static final int MOST_FILE_BYTES = 1_000_000;

    private static final Pattern NAMED_BY_CONVENTION =
            Pattern.compile("^\\s*(deny|violation|warn)(_\\w+)?\\b", Pattern.MULTILINE);

    private PolicyArchive() {}

    /**
     * Empty when the judge is to ask by convention. Refused with 422 for what cannot be judged by.
     *
     * @param judgedHere whether the language is ours; what an engine outside understands, it knows itself
     */
    static List<PoliciesFile.Entry> read(byte[] archive, boolean judgedHere) {
        Optional<String> policies = Optional.empty();
        boolean rego = false;
        boolean named = false;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            int entries = 0;
            long bytes = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bytes += Math.max(0, entry.getSize());
                if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
                    throw Problem.unprocessable("The archive may have at most " + MOST_ENTRIES + " entries and "
                            + MOST_BYTES + " bytes unpacked.");
                }
                String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
                boolean policy = entry.isFile() && name.endsWith(".rego") && !name.endsWith("_test.rego");
                rego |= policy;
                if (policy) {
                    String text = new String(tar.readNBytes(MOST_FILE_BYTES), StandardCharsets.UTF_8);
                    named |= NAMED_BY_CONVENTION.matcher(text).find();
                    if (judgedHere && entry.getSize() <= MOST_FILE_BYTES) {
                        RegoText.require(name, text);
                    }
                }
                if (entry.isFile() && name.equals("policies.hcl")) {
                    policies = Optional.of(
                            new String(tar.readNBytes(MOST_FILE_BYTES), StandardCharsets.UTF_8).replace("\0", "?"));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.unprocessable("The archive is not a readable tar.gz file.");
        }
        if (!rego) {
            throw Problem.unprocessable("The archive holds no .rego file.");
        }
        if (policies.isEmpty() && !named) {
            throw Problem.unprocessable("The archive holds no policies.hcl at its root, and no rule named deny,"
                    + " violation or warn that could be asked without it.");
        }
        try {
            return policies.isPresent() ? PoliciesFile.read(policies.get()) : List.of();
        } catch (PoliciesUnreadable e) {
            throw Problem.unprocessable(String.valueOf(e.getMessage()));
        }
    }
}
