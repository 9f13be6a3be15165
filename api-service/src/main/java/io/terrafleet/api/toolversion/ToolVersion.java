package io.terrafleet.api.toolversion;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of terraform that an administrator lists.
 *
 * @param id {@code tool-} and 16 letters or digits
 * @param version exact
 * @param enabled whether runs may use it
 * @param beta whether only organizations with access to beta tools may use it
 * @param usage workspaces that ask for exactly this version
 */
public record ToolVersion(
        String id,
        String version,
        boolean enabled,
        boolean beta,
        boolean deprecated,
        Optional<String> deprecatedReason,
        long usage,
        Instant createdAt) {}
