package io.terrafleet.standalone;

import io.terrafleet.standalone.platform.PlatformSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a platform. */
final class PlatformOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "Where pages and API listen; 0 for any free port.")
    @Nullable
    Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Default: this machine only.")
    String host = "127.0.0.1";

    static Path root() {
        return Path.of(System.getProperty("terrafleet.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    PlatformSettings settings(Path data, int usualPort) {
        return new PlatformSettings(
                root(),
                data,
                host,
                port == null ? usualPort : port,
                Optional.ofNullable(System.getenv("TERRAFLEET_ADMIN_TOKEN")).filter(token -> !token.isBlank()));
    }
}
