package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the platform that is read has its data: in a directory that goes with the benchmark, or in one that is kept, so that it is filled
 * once and read often.
 *
 * @param adminToken of the kept one, readable there by its owner only: a token is told at the first start and never again
 */
public record ApiData(Path path, Optional<TemporaryDirectory> temporary, Optional<String> adminToken)
        implements AutoCloseable {
    private static final String TOKEN = "bench-admin-token";

    public static ApiData passing() {
        TemporaryDirectory directory = TemporaryDirectory.make("terrafleet-bench-");
        return new ApiData(directory.path(), Optional.of(directory), Optional.empty());
    }

    /** @param directory made when absent */
    public static ApiData kept(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(TOKEN);
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, "bench.terrafleet." + Wiring.secret(36));
            }
            return new ApiData(directory, Optional.empty(), Optional.of(Files.readString(file)));
        } catch (IOException e) {
            throw new PlatformUnusable("the directory " + directory + " cannot be used: " + e, e);
        }
    }

    @Override
    public void close() {
        temporary.ifPresent(TemporaryDirectory::close);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
