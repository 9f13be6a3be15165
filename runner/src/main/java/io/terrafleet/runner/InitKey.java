package io.terrafleet.runner;

import io.terrafleet.contracts.runner.Claim;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Names all that {@code terraform init} looks at: what has the same key in the same workspace is initialized alike. */
final class InitKey {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_FILES = 10_000;
    private static final String LOCK_FILE = ".terraform.lock.hcl";

    private InitKey() {}

    /**
     * @param version exact version of the binary
     * @param configuration root of the configuration
     * @param environment what terraform gets
     * @return SHA-256, hexadecimal; absent where something else has a say: OpenTofu evaluates variables in init, and {@code
     *     TF_CLI_ARGS} may say anything; and for configurations of over 16 MiB or 10,000 files
     */
    static Optional<String> of(Claim claim, String version, Path configuration, Map<String, String> environment)
            throws IOException {
        boolean told = environment.keySet().stream().anyMatch(name -> name.startsWith("TF_CLI_ARGS"));
        if (!claim.engine().equals("terraform") || told) {
            return Optional.empty();
        }
        Optional<List<Path>> files = files(configuration);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Hash hash = new Hash();
        Stream.of(claim.organization(), claim.workspaceName(), version, claim.workingDirectory())
                .forEach(hash::add);
        environment.entrySet().stream()
                .filter(variable -> hasASay(variable.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> hash.add(variable.getKey()).add(variable.getValue()));
        for (Path file : files.get()) {
            hash.add(configuration.relativize(file).toString()).add(Files.readAllBytes(file));
        }
        return Optional.of(hash.hex());
    }

    /** Where providers come from, and with which credentials, does not matter: they are those of the lock file. */
    private static boolean hasASay(String variable) {
        return variable.startsWith("TF_")
                && !variable.startsWith("TF_VAR_")
                && !variable.startsWith("TF_TOKEN_")
                && !variable.equals("TF_CLI_CONFIG_FILE");
    }

    private static Optional<List<Path>> files(Path configuration) throws IOException {
        List<Path> files = new ArrayList<>();
        long[] bytes = {0};
        Files.walkFileTree(configuration, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".terraform") || directory.endsWith(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (counts(file)) {
                    files.add(file);
                    bytes[0] += attributes.size();
                }
                return files.size() > MOST_FILES || bytes[0] > MOST_BYTES
                        ? FileVisitResult.TERMINATE
                        : FileVisitResult.CONTINUE;
            }
        });
        if (files.size() > MOST_FILES || bytes[0] > MOST_BYTES) {
            return Optional.empty();
        }
        files.sort(null);
        return Optional.of(files);
    }

    private static boolean counts(Path file) {
        String name = file.toString();
        return name.endsWith(".tf") || name.endsWith(".tf.json") || file.endsWith(LOCK_FILE);
    }
}
