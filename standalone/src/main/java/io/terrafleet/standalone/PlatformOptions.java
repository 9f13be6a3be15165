package io.terrafleet.standalone;

import io.terrafleet.standalone.platform.PlatformSettings;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.Reach;
import java.nio.file.Path;
import java.util.Map;
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

    @Option(names = "--help", usageHelp = true, description = "This text.")
    boolean help;

    static Path root() {
        return Path.of(System.getProperty("terrafleet.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** For a platform that people keep and want warnings from. */
    PlatformSettings lasting(Path data, Reach reach) {
        return settings(data, 8080, reach, true, Map.of(), Optional.empty());
    }

    /** For one that only serves a command. */
    PlatformSettings passing(Path data, Map<String, String> extra) {
        return passing(data, extra, Optional.empty());
    }

    /** @param adminToken of the site administrator, unless the environment presets one */
    PlatformSettings passing(Path data, Map<String, String> extra, Optional<String> adminToken) {
        return settings(data, 0, Reach.PLAIN, false, extra, adminToken);
    }

    private PlatformSettings settings(
            Path data,
            int usualPort,
            Reach reach,
            boolean consoleLog,
            Map<String, String> extra,
            Optional<String> adminToken) {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new PlatformUnusable("--port " + port + " is not a port; ports go from 0 (any free one) to 65535.");
        }
        return new PlatformSettings(
                root(),
                data,
                host,
                port == null ? usualPort : port,
                reach,
                consoleLog,
                extra,
                Optional.ofNullable(System.getenv("TERRAFLEET_ADMIN_TOKEN"))
                        .filter(token -> !token.isBlank())
                        .or(() -> adminToken));
    }
}
